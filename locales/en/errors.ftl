## Fields that break a rule, and refusals. Say what happened, then what can be done.

field-empty = This is still empty.
field-too_short = Write at least { $least } characters. So far { $n }.
field-too_long = At most { $most } characters, this has { $n }.
field-not_in_list = Choose one.
field-endpoint-not_in_list = The notification service of this device does not take our news. Try again later, or turn it off and on again.
field-not_an_email = The email address is not complete.
field-not_a_phone = The number is not complete. Example: 0812-3456-0198.
field-differs = The two passwords differ.
field-not_yours = This order is not one of your account.
field-not_a_person = This person cannot be chosen.
field-taken = This address has an account already. Sign in with its password.
field-too_many = There are { $most } already, and there cannot be more.
field-view-too_many = There are { $most } views already. Delete one you no longer use first.
field-bad_character = There is a character that cannot be stored. Remove it and try again.

field-view-empty = Give it a name first.
field-q-not_in_list = A filter cannot be read yet. Put it right before saving.
field-q-too_long = The filters are too long, at most { $most } characters.
field-tag-empty = The tag is still empty.
field-tag-too_long = A tag has at most { $most } characters.
field-customer-empty = Choose the customer first.
field-subject-empty = Write a subject first.
field-subject-too_long = A subject has at most { $most } characters, this has { $n }.
field-description-empty = Write at least 20 characters so that we understand at once.
field-description-too_short = Write at least { $least } characters so that we understand at once. So far { $n }.
field-category-empty = Choose one.
field-priority-empty = Choose one.
field-message-empty = The message is still empty.
field-message-too_long = The message is too long, at most { $most } characters.
field-note-empty = The note is still empty.
field-notes-empty = The note is still empty.
field-name-empty = Write your name first.
field-name-too_long = A name has at most { $most } characters, this has { $n }.
field-email-empty = Write your email address first.
field-phone-empty = Write your WhatsApp number first.
field-admins-empty = At least one admin must remain.
field-password-empty = Write the password first.
field-password-too_short = A password has at least { $least } characters.
field-password-too_long = A password has at most { $most } characters.
field-password_confirmation-empty = Write the password again.
field-current_password-empty = Enter your current password.
field-email-not_a_person = This is your own address.
field-email-too_long = Too many invitations are unanswered. Withdraw one first.
field-what-empty = Choose what to share.
field-what-not_yours = This does not belong to your account.
field-assigned_to-not_a_person = A ticket can only be assigned to an active member of the team.

error-title-malformed = Request not understood
error-title-session_expired = Session ended
error-title-wrong_credentials = Not signed in
error-title-deactivated = Account deactivated
error-title-forbidden = Not allowed
error-title-foreign_form = Form out of date
error-title-not_found = Not found
error-title-lost_race = Changed meanwhile
error-title-id_taken = Already used
error-title-voided = Withdrawn
error-title-lost_by_restore = Lost at the service
error-title-place_lost = The service was restored
error-title-already_sent = Already sent
error-title-too_many = As many as there can be
error-title-merged = Merged already
error-title-other_customer = Another customer
error-title-same_ticket = The same ticket
error-title-replies_later = Replies are scheduled
error-title-ticket_closed = Ticket closed
error-title-too_large = Too large
error-title-validation = Not complete
error-title-desk_too_old = Update needed
error-title-throttled = Wait a moment
error-title-rate_limited = Wait a moment
error-title-too_many_lines = Too many open at once
error-title-unavailable = Cannot be reached right now
error-title-unknown = Something went wrong

error-malformed = We could not read this request. Reload the page and try again.
error-session_expired = Your session ended. Sign in again, your text is safe.
error-wrong_credentials = Email or password does not match.
error-wrong_credentials-tries = Email or password does not match. { $n ->
    [one] One try left.
   *[other] { $n } tries left.
  }
error-deactivated = This account is deactivated. Please contact the Gemilang WO team.
error-forbidden = Only an admin can do this.
error-foreign_form = This form is out of date or was sent from another page. Reload the page and send it again.
error-not_found = This page does not exist or is not yours.
error-lost_race = Somebody else changed it first. Your change was not applied.
error-id_taken = This id was already used for something else. Reload the page and send it again.
error-voided = This was withdrawn before it arrived, so it is not sent.
error-lost_by_restore = Was sent, then lost by a restore of the service. Send it again if it is still needed.
error-place_lost = The service was restored from a backup. Everything is fetched again.
error-already_sent = The earlier words had been sent already. Send these as well, or discard them.
error-too_many = This ticket holds as many of these as it can. Take one off first.
error-merged = This ticket was merged with another one. Go on there.
error-other_customer = Only tickets of the same customer can be merged.
error-same_ticket = A ticket cannot be merged with itself.
error-replies_later = Replies are still scheduled in the ticket that would go in. Send them or call them off first.
error-ticket_closed = This ticket is closed and takes no more messages.
error-too_large = This text is too large to send. Shorten it and try again.
error-validation = Not sent yet. Complete { $n ->
    [one] one field
   *[other] { $n } fields
  } below.
error-desk_too_old = The server uses a newer version. Update the app.
error-throttled = Too many tries. Try again in a few minutes.
error-throttled-minutes = Too many tries. Try again in { $n ->
    [one] one minute
   *[other] { $n } minutes
  }.
error-too_many_lines = Too many live connections are open at once. Close some, then reload.
error-rate_limited = Too many messages at once. Wait a few seconds.
error-rate_limited-minutes = Too much sent at once. Try again in { $n ->
    [one] one minute
   *[other] { $n } minutes
  }.
error-unavailable = The service cannot be reached. Your text is kept; we try again by ourselves.
error-unknown = Something went wrong on our side. Try again in a moment.
error-unknown-reference = Something went wrong on our side. Code { $id } helps us find it.

## What could not be sent from a desk: the item stands beside the words, with what can be done.
unsent-malformed = The service cannot read this. Change it and send it again, or discard it.
unsent-validation = The service does not accept this. Change it and send it again, or discard it.
unsent-not_found = This ticket is no longer at the service. Copy your words if you still need them, then discard it.
unsent-id_taken = This id was already used for something else. Discard it and write it again.
unsent-forbidden = Your account may not do this. Ask an admin, or discard it.
unsent-too_large = This text is too large to send. Shorten it and send it again, or discard it.
unsent-unknown = The service failed at this several times. Try again later, or discard it.
