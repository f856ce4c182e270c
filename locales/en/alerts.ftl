## Native pop-ups of the desk, and what it says where it cannot show one.

alert-urgent-title = Urgent: { $subject }
alert-urgent-body = { $customer } · unassigned
alert-urgent-body-event = { $customer } · { $days } · unassigned
alert-became-urgent-title = Now urgent: { $subject }
alert-became-urgent-body = { $customer } · changed by { $name }
alert-urgent-several = { $n } urgent tickets from { $customer }
alert-untaken-title = Still nobody has taken it: { $subject }
alert-untaken-body = { $minutes ->
    [one] { $customer } · waiting for { $minutes } minute
   *[other] { $customer } · waiting for { $minutes } minutes
}
alert-let-go-body = { $customer } · let go by { $name }
alert-unassigned-title = { $customer }, unassigned
alert-burst-title = { $n } messages from { $customer }
alert-assigned-title = { $name } assigned a ticket to you
alert-action-take = Take
alert-action-open = Open

# At the foot of the window, when the computer cannot show the alert itself
alert-not-shown = Urgent: { $subject } ({ $customer }). No notification service runs on this computer.

# A replica that could not be opened
desk-data-set-aside = The data on this computer was damaged and is loaded again from the server. The old file is kept beside it.
