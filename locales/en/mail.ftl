## Mails about the account. Every mail: subject, lead, button (when it has a link), after.

mail-greeting = Hello { $name },
mail-paste = Does the button not work? Copy this address into your browser:
mail-valid = This link can be used once and is valid for { $span }.
mail-why = This mail was sent automatically because this address belongs to a Gemilang WO account. Replies to it are not read.
mail-house = Gemilang WO · Customer support
mail-fact-device = Device
mail-fact-when = Time
span-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
span-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
  }
span-days = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
device-unknown = Unknown device

mail-confirm-subject = Confirm your email address
mail-confirm-lead = One more step: confirm that this address is yours. Your orders then show in your account.
mail-confirm-button = Confirm email
mail-confirm-after = You did not register? Open the link above and choose “That was not me”. We then take your address off that account.

mail-sign_in-subject = Your sign-in link
mail-sign_in-lead = Use this button to sign in to your account without a password.
mail-sign_in-button = Sign in
mail-sign_in-after = You did not ask for this? Ignore this mail, and pass the link on to nobody.

mail-reset-subject = Choose a new password
mail-reset-lead = You asked for a new password. Use this button to choose it.
mail-reset-button = Choose a new password
mail-reset-after = You did not ask for this? Ignore this mail. Your old password still works.

mail-new_sign_in-subject = Your account was opened on a new device
mail-new_sign_in-lead = Somebody has just signed in to your account in a browser that was never used for it before.
mail-new_sign_in-button = See my devices
mail-new_sign_in-after = If it was you, there is nothing to do. If not, change your password and end that session in Preferences, under Password and devices.

mail-greeting-nobody = Hello,
mail-fact-ticket = Ticket
mail-fact-order = Order
mail-why-invited = This mail was sent because a customer of Gemilang WO entered this address to share with. Replies to it are not read.

mail-invitation-subject = { $name } asks you to share tickets
mail-invitation-lead = { $name } would like you to read and answer conversations with Gemilang WO together. Once you accept, the tickets show in your account.
mail-invitation-button = See the invitation
mail-invitation-after = You do not know them? Ignore this mail; nothing is shared.

mail-why-staff = This mail was sent because an admin of Gemilang WO invited this address to the team. Replies to it are not read.
mail-staff-subject = { $name } invites you to the team of Gemilang WO
mail-staff-lead = { $name } asks you to answer customers with Gemilang Desk. Choose your name and a password to join.
mail-staff-button = Join the team
mail-staff-after = You do not know them? Just ignore this mail.
