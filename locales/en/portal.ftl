## The customer's pages.

nav-main = Main
nav-tickets = My tickets
nav-create = Create ticket
nav-preferences = Preferences
account-of = account of { $name }
sign-in = Sign in
sign-out = Sign out
register = Register
send = Send
sending = Sending…
send-again = Send again
cancel = Cancel
busy = One moment…
try-again = Try again
more = More
show-password = Show password

# Signing in
signin-lead = Everything about your wedding day, in one place.
no-account = No account yet?
have-account = Have an account?
password-hint = At least 10 characters.
phone-hint = May stay empty.
kept-title = Your text is kept
signed-out = You are signed out.
signin-first = Sign in first to open that page.
or = or
forgot = Forgot password?
link-ask = Email me a sign-in link
back-to-sign-in = Back to sign in

# Links that come by mail
link-title = Sign in by email
link-lead = Enter the email address of your account. We send you a link to sign in without a password.
link-send = Send the link
forgot-title = Forgot password
forgot-lead = Enter the email address of your account. We send you a link to choose a new password.
sent-title = Check your email
sent-text = If { $email } has an account, the link is on its way there.
confirm-sent-text = The confirmation link is on its way to { $email }.
sent-hint = Nothing after a few minutes? Look in the spam folder, or check how the address is spelled.
over-title = This link is no longer valid
over-text = A link can be used once and for a limited time. Simply ask for a new one.
over-again = Ask for a new link
spend-sign_in-lead = Sign in as { $email }.
spend-confirm-title = Confirm your email
spend-confirm-lead = Confirm that { $email } is your address.
spend-confirm-button = Yes, it is mine
spend-reset-title = Choose a new password
spend-reset-lead = For the account { $email }. All your other devices are then signed out.
spend-reset-button = Save and sign in
spend-registered = Registered
spend-confirm-elsewhere = This device is not signed in to that account. To be safe, when you press Yes we end all other sessions and remove the password and phone number given at registration. Just registered on another device? Open this link there.
spend-not-me = That was not me
spend-not-me-hint = We take your address off that account, and whoever made it cannot sign in any more.
claimed-title = This account is yours
claimed-text = We ended all other sessions and removed the password and phone number given before this address was shown to be yours. Please create a new password.
claimed-hint = Tickets filed earlier are still there. One of them is not from you? Tell us in that ticket.
claimed-button = Create a new password
claimed-later = Later
disowned-title = Your address has been removed
disowned-text = Thank you for telling us. That account no longer uses your address, and nobody can open it. You can register yourself whenever you need to.
confirmed-title = Email confirmed
confirmed-text = Thank you. { $email } is confirmed, and orders for this address show in your account.

# Preferences
save = Save
saved = Saved
not-saved = Not saved yet
back-to-preferences = Back to preferences
confirm-first = { $email } is not confirmed yet. Open the link in our mail so that your orders show here.
confirm-again = Send it again
pref-news = News from us
pref-when = When
pref-told-by = { $what } by { $how }
pref-quiet = No SMS or WhatsApp at night
pref-quiet-hours = 21:00–07:00 { $zone }, unless urgent
pref-you = Name and number
pref-name = Name
pref-phone = WhatsApp and SMS
pref-no-phone = None yet
phone-use = For SMS and WhatsApp. May stay empty.
pref-display = Appearance
pref-language = Language
pref-zone = Time zone
pref-theme = Theme
pref-account = Account
pref-devices = { $n ->
    [one] 1 device
   *[other] { $n } devices
  }
profile-title = Name and number
channel-email = Email
channel-sms = SMS
channel-whatsapp = WhatsApp
happening-received = Ticket received
happening-reply = New reply
happening-status = Status changed
happening-assigned = New agent
zone-WIB = WIB, Jakarta
zone-WITA = WITA, Makassar
zone-WIT = WIT, Jayapura
zone-hint-WIB = Sumatra, Java, West and Central Kalimantan
zone-hint-WITA = Bali, Nusa Tenggara, Sulawesi, East, South and North Kalimantan
zone-hint-WIT = Maluku and Papua
theme-auto = Follow the device
theme-light = Light
theme-dark = Dark
aside-news-title = Nothing twice
aside-news-text = What you have read here is not sent to you elsewhere.
aside-zone-title = Event times stay
aside-zone-text = This zone is for the times of messages and news. Event times are always written in the zone of the venue.

# Password and devices
devices-title = Password and devices
devices-here = Signed in on
device-this = This device
device-since = Signed in { $when }
device-seen = last active { $when }
device-end = End
device-end-others = End all other sessions
device-ended = The session has ended.
password-change = Change password
password-changed = Your password is changed. Other devices are signed out of your account.
wrong-password = This password does not match. { $n ->
    [one] One try
   *[other] { $n } tries
  } left.
label-current_password = Current password
label-new_password = New password
aside-device-title = One you do not know?
aside-device-text = End its session, then change your password. All other devices are then signed out.

# Sharing
sharing-title = Share with your partner
sharing-none = Nothing shared yet
sharing-some = { $n ->
    [one] 1 invitation
   *[other] { $n } invitations
  }
sharing-lead = Your partner can read and answer the conversations you share, with an account of their own.
sharing-mine = Shared by you
sharing-theirs = Shared with you
sharing-invite = Invite your partner
sharing-email = Your partner’s email
sharing-what = What to share
sharing-order = All tickets of order { $number } · { $title }
sharing-ticket = { $number } · { $title }
sharing-send = Send the invitation
sharing-waiting = Not accepted yet, valid until { $when }
sharing-lapsed = The invitation is no longer valid
sharing-accepted = Seen together with { $name }
sharing-from = From { $name }
sharing-end = End
sharing-withdraw = Withdraw
sharing-accept = Accept
sharing-decline = Decline
sharing-leave = Leave
sharing-sent = The invitation is on its way to { $email }.
sharing-ended = Ended. Pages that are still open close too.
sharing-accepted-now = Accepted. You find the tickets under My tickets.
sharing-confirm-first = Confirm your email address first; then you can share.
sharing-nothing = There is nothing to share yet. Create a ticket, or wait until your order is entered.
sharing-other-account = This invitation is for { $email }. Sign out, then sign in with the account of that address.
invitation-title = An invitation to share
invitation-text = { $name } asks you to read and answer together:
invitation-sign-in = Sign in or register with { $email } to accept it.
trail-shared = Shared with { $name }
trail-shared-you = Shared with you
trail-unshared = No longer shared with { $name }
trail-erased = The words were erased at their owner’s request
aside-share-title = Who sees what
aside-share-text = Only what you share can be seen. You can end it at any time.

# Own data
data-title = Download or erase my data
data-take = Download my data
data-take-text = Name, number, orders, and all your conversations with us.
data-html = To read
data-html-hint = An HTML file that opens in any browser
data-json = To take elsewhere
data-json-hint = A JSON file
data-since = Account since
data-file-title = My data at Gemilang WO
erase-title = Erase my account and words
erase-lead = This cannot be undone. Download first what you still need. What goes:
erase-goes-account = name, email, number, password and all signed-in devices;
erase-goes-words = all your conversations, both sides, on our team’s computers too once they connect;
erase-goes-shared = invitations to share; your partner no longer sees your tickets.
erase-stays = What stays: that there were tickets, their dates and their status. Your order goes on in our main system.
erase-ask = Erase my account and words
erase-do = Erase now, for good
erased-account = Your account and words are erased. Thank you for having been with us.

# For developers
dev-outbox = Outbox
dev-outbox-again = Reload
dev-outbox-empty = No mails yet.
dev-outbox-link = Open its link
dev-outbox-raw = As sent

# The list
filter-label = Filter by status
filter-all = All
filter-unread = Unread
list-search = Search subject, messages or ticket number
list-empty-title = No tickets yet
list-empty-text = Ask us anything about your order, payments, vendors or schedule.
list-empty-way = Create the first ticket
list-no-match-title = No match
list-no-match-text = Loosen the filters.
list-no-match-way = Clear the filters
pager-label = Pages
pager-older = Older
pager-newer = Newer
new-replies = { $n ->
    [one] 1 new reply
   *[other] { $n } new replies
  }
you = You
last-line = { $name }: { $text }

# Filing a ticket
create-follow-title = Create a follow-up
follows = Follow-up to { $number }
create-no-order = Not about an order
create-no-order-hint = A general question
create-urgent-hint = Choose Urgent for a wedding within 48 hours; the team on duty is called at once.
created = We have received ticket { $number }.
created-high = We have received ticket { $number }. There are 3 urgent tickets today already, so this one is filed as High.
create-offline = No network. Your draft is kept; send it once you are connected.
draft-kept = Draft saved on this device
letters = { $n ->
    [one] 1 character
   *[other] { $n } characters
  }
letters-unit = characters
aside-when-title = When will you hear from us?
aside-when-text = Medium is answered the same day, High within 2 working hours. For Urgent the team on duty is called at once.
hours-title = Opening hours
hours-today = Open today: { $hours }
hours-closed = Closed
hours-every-day = Every day
hours-zone = Time in { $zone }
aside-fast-title = For a quick answer
aside-fast-text = Name the date, the time and the vendor you mean. One ticket for one matter.

# The conversation
conversation = Conversation
back-to-list = Back to my tickets
older-messages = Earlier messages
newer-messages = Newest messages
mark-sent = Sent
mark-delivered = Delivered
mark-read = Read
typing = { $name } is typing
mark-waiting = Waiting for network
mark-failed = Not sent
link-live = Connected
link-again = Reconnecting…
link-none = No network
link-polling = Refreshed every 15 seconds
offline-banner = Your message is kept and sent once you are connected.
from-ticket = from { $number }
closed-text = This ticket is closed and takes no more messages.
close-ticket = Close ticket
close-question = Close this ticket? You can create a follow-up at any time.
signed-out-while-writing = Your session ended. Sign in again, your text is safe.
kept-back = Your text is still below. Look it over, then send it.
fact-number = Number
fact-parts = Merged with
fact-status = Status
fact-priority = Priority
fact-category = Category
fact-order = Order
fact-assignee = Agent
fact-nobody = Nobody yet
trail-title = History
trail-created = Ticket created
trail-taken = { $name } is looking after this ticket
trail-let-go = We are finding somebody to look after it
trail-status = Status changed to { $status }
trail-closed-by-you = You closed this ticket
trail-closed = Ticket closed
trail-resolved = { $name } marked this ticket resolved
trail-reopened = Reopened because you replied
trail-priority = Priority changed to { $priority }
trail-category = Category changed to { $category }
trail-subject = Subject changed to “{ $subject }”
trail-order = Order changed to { $order }
trail-no-order = No longer about an order

# Pages in place of an answer
fault-unavailable = The service cannot be reached right now. Try again in a moment.
again-text = The service cannot be reached right now. Your text is still below; send it again in a moment.

# The app on the device
app-name = Gemilang WO tickets
app-short-name = Gemilang WO
kept-page = No network. This is how it looked on { $time }.
offline-title = No network
offline-text = This page is not kept on this device yet. What you have not sent is still kept.
push-title = News of replies
push-text = Tell me on this device as soon as the team replies.
push-on = Turn on
push-off = Turn off
push-test = Test it
push-is-on = On for this device.
push-denied = Notifications are blocked in the browser's settings. Allow them there, then try again.
push-failed = That did not work. Check the network, then try again.
push-tested = Sent. The notification will show in a moment.
push-test-title = Gemilang WO
push-test-text = This is how news of a reply will look.
push-from = { $name } · Gemilang WO

# Joining the staff
join-headline = One team behind every wedding day.
join-title = Join the team
join-lead = { $name } invites you to the team of Gemilang WO. Choose your name and a password.
join-button = Join
joined-title = Welcome
joined-text = Your account is ready. Open Gemilang Desk and sign in with { $email }.
joined-hint = Server address: { $server }
