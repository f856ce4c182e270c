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
alert-held-title = Your reply is held
alert-held-customer = { $customer } wrote again
alert-held-colleague = { $name } answered first
alert-quiet-title = During quiet hours
alert-quiet-messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
alert-quiet-assigned = { $n ->
    [one] { $n } assignment
   *[other] { $n } assignments
}
alert-quiet-mentioned = { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}
alert-quiet-held = { $n ->
    [one] { $n } held reply
   *[other] { $n } held replies
}
alert-quiet-urgent = { $n ->
    [one] { $n } urgent ticket is unassigned.
   *[other] { $n } urgent tickets are unassigned.
}
alert-quiet-nothing-urgent = Nothing urgent.
alert-test-title = Alert test
alert-test-pop_up = This is how Gemilang Desk alerts look.
alert-test-click = Click this alert: the ticket that was active last will open.
alert-action-take = Take
alert-action-open = Open
alert-action-snooze = Snooze 10 minutes

# At the foot of the window, when the computer cannot show the alert itself
alert-not-shown = Urgent: { $subject } ({ $customer }). No notification service runs on this computer.

# A replica that could not be opened
desk-data-set-aside = The data on this computer was damaged and is loaded again from the server. The old file is kept beside it.

## The tray

tray-open = Open Gemilang Desk
tray-quit = Quit Gemilang Desk
tray-signed-out = Not signed in
tray-unassigned = { $n } unassigned
tray-urgent = { $n } urgent
tray-all-taken = All taken
tray-offline = Not connected
tray-stays-title = Gemilang Desk keeps running
tray-stays = Its icon is in the system tray, and alerts still appear. Quit from the icon’s menu or with Ctrl Q.
tray-none-title = Window minimised
tray-none = This computer has no system tray, so Gemilang Desk stays in the taskbar. Quit with Ctrl Q.
tray-waits-title = Gemilang Desk is ready
tray-waits = This computer has no system tray, so the window waits in the taskbar. Alerts are shown all the same.

# What this computer cannot do
missing-sound = No sound device
missing-badge = This desktop shows no count on the app’s icon
missing-tray = This computer has no system tray

# What comes back, and what was to be sent
alert-mentioned-title = { $name } mentioned you
alert-snooze-due-title = Snooze is over: { $subject }
alert-later-held-title = Scheduled message failed
alert-later-held-body = { $customer } · { $subject }
