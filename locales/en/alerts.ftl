## Native pop-ups of the desk, and what it says where it cannot show one.

alert-urgent-title = Urgent: { $subject }
alert-urgent-body = { $customer } · unassigned
alert-urgent-body-event = { $customer } · { $days } · unassigned
alert-became-urgent-title = Now urgent: { $subject }
alert-became-urgent-body = { $customer } · changed by { $name }
alert-action-open = Open

# At the foot of the window, when the computer cannot show the alert itself
alert-not-shown = Urgent: { $subject } ({ $customer }). No notification service runs on this computer.

# A replica that could not be opened
desk-data-set-aside = The data on this computer was damaged and is loaded again from the server. The old file is kept beside it.
