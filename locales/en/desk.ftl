## The desk's window.

# Sign-in
desk-house = Every couple is answered. No message is missed, not even when the network is gone.
desk-sign-in = Sign in
desk-sign-in-text = With your Gemilang WO staff account.
desk-sign-in-again = Your session ended. Sign in again, your text is safe.
desk-sign-in-back = Back
desk-signing-in = Checking…
desk-sign-out = Sign out
desk-server = Server address
desk-server-asking = Checking the address…
desk-server-known = Server recognised, version { $version }
desk-show-password = Show password
field-server-empty = Enter the server address first.
desk-no-keychain = No system keychain. You stay signed in until the app closes.
desk-no-alerts = No notification service runs on this computer. Urgent tickets show in this window only.
desk-alerts-denied = The system does not let Gemilang Desk show alerts. Urgent tickets show in this window only.

# Faults
desk-error-server-silent = This address does not answer. Check how it is written.
desk-error-not-our-server = This is not a Gemilang server.
desk-error-app-too-old = The server is newer than this app. Update the app.
desk-too-old = This app needs an update: the server is newer. Unsent items are safe and are sent afterwards.
desk-error-bad-address = This address is not complete. Example: https://desk.gemilangwo.id
desk-error-not-here = This ticket is not on this computer.
desk-error-disk-full = The disk is full. What was sent is safe; free some space to go on writing.
desk-error-replica-damaged = The local data was damaged and is being reloaded. Unsent items are safe.
desk-error-replica-broken = The local data is damaged. Close the app and open it again to reload it; unsent items are safe.
desk-needs-newer = { $n } changes can only be shown by a newer app. They are all kept.
desk-partial = The conversation before this is not on this computer yet
desk-error-unknown = Something went wrong in this app. Try again in a moment.

# Navigation
desk-nav = Navigation
desk-account = { $initials }, account of { $name }
desk-account-menu = Account
desk-theme = Theme
desk-theme-light = Light
desk-theme-dark = Dark
desk-theme-system = Follow the system
desk-language = Language
desk-search-title = Search results
desk-search-label = Search names, numbers, subjects or messages
desk-search-start = Search everything on this computer
desk-search-start-text = Customers, ticket and order numbers, subjects, messages and notes.
desk-search-lately = Recent searches
desk-search-here = On this computer
desk-search-here-count = { $n ->
    [1] one ticket
   *[other] { $n } tickets
  }, { $time } s
desk-search-here-some = newest { $n } of { $of } tickets, { $time } s
desk-search-here-none = Nothing on this computer.
desk-search-old = Older conversations
desk-search-old-count = { $n } from the server, not kept on this computer
desk-search-old-none = nothing more at the server
desk-search-old-offline = searched once connected
desk-search-old-silent = the server did not answer this search
desk-search-old-short = searched at the server from 3 letters on
desk-search-old-asking = searching at the server…
desk-search-from-service = from the server
desk-search-note-by = Note by { $name }
desk-search-hint-choose = choose
desk-search-hint-open = open at the words
desk-search-narrow = Narrow down:
desk-search-without = without
desk-search-exact = exact words
desk-search-found-in = Found in
desk-search-me = Me
desk-search-old-only-here = not searched: what is asked for is only on this computer
desk-search-old-loosely = { $n } from the server; exact words and -words are not checked there
desk-found-customer = Customer messages
desk-found-team = Team messages
desk-found-note = Internal notes
desk-found-subject = Subject
desk-op-mine = assignee:me
desk-op-status = status:active
desk-op-event = event:30d
desk-op-urgent = priority:urgent
desk-op-unread = is:unread
desk-op-since = since:7d
desk-ask-offers = What it may become
desk-ask-unknown = “{ $name }:” is not known, so it is searched as a word. There are: { $known }
desk-ask-value = { $name }: has no “{ $value }”, so it is not used. Choose: { $values }
desk-ask-empty = Write its value right behind the colon, for example { $example }
desk-ask-day = “{ $value }” is not a date, so it is not used. Example: { $example }
desk-ask-turned = The - sign is for words, not for { $name }:
desk-ask-nobody = Nobody of the staff is called “{ $name }”.
desk-chip-active = Active
desk-chip-without = Without { $word }
desk-chip-from = From { $name }
desk-chip-label = Tag: { $name }
desk-chip-venue = Venue { $name }
desk-chip-event = Wedding { $day }
desk-chip-event-until = Wedding up to { $day }
desk-chip-since = Since { $day }
desk-chip-until = Filed up to { $day }
desk-chip-unread = Unread
desk-chip-unsent = Unsent
desk-chip-held = Held
desk-chip-failed = Not sent
desk-dashboard = Dashboard
desk-inbox = Inbox
desk-view-mine = Mine
desk-view-unassigned = Unassigned
desk-view-urgent = Urgent
desk-view-waiting = Waiting for customer
desk-view-active = All active
desk-view-closed = Recently closed
desk-view-all = All tickets
desk-outbox = Held and unsent

# Status line
desk-line-live = Live
desk-line-complete = complete up to { $time }
desk-line-connecting = Connecting…
desk-line-catching-up = Catching up, { $n } of { $of }
desk-line-first = First sync
desk-line-first-of = { $n } of { $of } tickets
desk-line-offline = Offline since { $time }
desk-line-away = Server not answering since { $time }
desk-line-ended = Session ended
desk-line-ended-way = sign in again to send
desk-line-signed-out = Not signed in
desk-line-too-old = The app needs an update
desk-line-disk-full = The disk is full

# Dashboard
desk-greeting-morning = Good morning, { $name }
desk-greeting-noon = Good day, { $name }
desk-greeting-afternoon = Good afternoon, { $name }
desk-greeting-evening = Good evening, { $name }
desk-figure-unassigned = { $n } unassigned
desk-figure-waiting = { $n } waiting for customer
desk-figure-today = { $n } today
desk-figure-filed = { $n } filed today
desk-urgent-queue = Urgent queue
desk-see-all = See all
desk-newest = Newest tickets
desk-queue-nobody = unassigned
desk-queue-taken = taken by { $name }
desk-queue-held = your reply is held
desk-queue-forwarded = forwarded to admins in { $time }
desk-days-to-event = Days to the event
desk-dashboard-file = New ticket
desk-dashboard-beside = Team and weddings
desk-load = Team load
desk-load-duty = Manage duty
desk-load-tickets = active tickets
desk-load-off = off duty
desk-load-paused = back { $time }
desk-load-more = { $n ->
    [one] and 1 more person
   *[other] and { $n } more people
  }
desk-weddings = Next weddings
desk-weddings-none = No weddings ahead yet.
desk-weddings-active = { $n } active
desk-trend = Last 14 days
desk-trend-later = Shown once all tickets are here.
desk-trend-filed = filed
desk-trend-resolved = resolved
desk-trend-day = { $day }: { $filed } filed, { $resolved } resolved
desk-trend-said = { $from } to { $to }: { $filed } tickets filed and { $resolved } resolved.
desk-trend-busiest = Most were filed on { $day }.

# List
desk-list = Ticket list
desk-tickets = Tickets
desk-list-news = { $n ->
    [one] 1 new ticket
   *[other] { $n } new tickets
  }
desk-unread = { $n ->
    [1] one unread message
   *[other] { $n } unread messages
  }
desk-filter = Filter
desk-filter-drop = Remove filter { $name }
desk-filter-clear = Clear filters
desk-you-say = You:
desk-tag-held = Held
desk-tag-failed = Failed
desk-tag-queued = Queued
desk-tag-sending = Sending…

# Empty
desk-empty-view = All answered.
desk-empty-view-text = New tickets appear here as they come in.
desk-empty-urgent = Nothing urgent.
desk-empty-closed = No resolved tickets yet.
desk-empty-all = No tickets yet.
desk-empty-filter = No match.
desk-empty-filter-text = Loosen the filters.
desk-empty-search = Nothing found for “{ $q }”.
desk-empty-search-text = Try a name, ticket or order number.
desk-empty-outbox = Everything is sent.
desk-empty-outbox-text = What is written without a network waits here.
desk-choose = Choose a ticket to begin
desk-choose-first = The newest can be opened already, the rest follows.
desk-hint-move = down, up
desk-hint-open = open the ticket
desk-hint-search = search
desk-hint-filter = filter
desk-missing = This ticket is not on this computer.
desk-missing-text = It may be brand new; it appears once sync has caught up.

# Ticket
desk-status = Status
desk-priority = Priority
desk-category = Category
desk-assignee = Assignee
desk-take = Take
desk-assign = Assign to…
desk-let-go = Unassign
desk-resolve = Resolve
desk-reopen = Reopen
desk-open = Open
desk-details = Details
desk-close = Close
desk-cancel = Cancel
desk-save = Save
desk-undo = Undo
desk-nobody = nobody
desk-assigned-to = Assigned to { $name }
desk-taken-by-you = Taken by you
desk-menu-numbers = A number chooses,
desk-menu-back = goes back

# What was just done
desk-said-taken = You took the ticket
desk-said-assigned = Assigned to { $name }
desk-said-let-go = Unassigned
desk-said-status = Status is now { $status }
desk-said-priority = Priority is now { $priority }
desk-said-undone = Undone
desk-said-withdrawn = Withdrawn, not sent
desk-said-discarded = Discarded, not sent
desk-said-too-late = Already sent, so it cannot be changed
desk-said-sent-anyway = What you withdrew in { $number } had already been sent
desk-said-still-full = The disk is still full
desk-said-edit-kept = The earlier words were sent. The new ones are in the text box

# Conversation
desk-conversation = Conversation
desk-you = You
desk-you-object = you
desk-unknown-person = Unknown
desk-new = New
desk-news = { $n ->
    [1] one new message
   *[other] { $n } new messages
  }
desk-note = Internal note
desk-sent = Sent
desk-read = Read
desk-read-at = Read { $time }

# Changes
desk-event-created = Ticket created in the portal
desk-event-follows = Follow-up to { $number }
desk-event-message = { $name } wrote a message
desk-event-note = { $name } wrote a note
desk-event-read = { $name } read it
desk-event-voided = { $name } withdrew what had not arrived
desk-event-taken = { $name } took this ticket
desk-event-assigned = Assigned from { $from } to { $to }
desk-event-assigned-first = { $name } assigned this ticket to { $to }
desk-event-let-go = { $name } unassigned this ticket
desk-event-status = Status changed from { $from } to { $to }
desk-event-reopened = Reopened because the customer replied
desk-event-customer-closed = Customer closed the ticket
desk-event-raised = { $name } raised priority from { $from } to { $to }
desk-event-lowered = { $name } lowered priority from { $from } to { $to }
desk-event-category = Category changed from { $from } to { $to }
desk-event-subject = { $name } changed the subject to “{ $to }”
desk-event-order = { $name } linked order { $to }
desk-event-order-off = { $name } removed the order from this ticket
desk-event-shared = { $name } shared this ticket with { $with }
desk-event-unshared = { $name } stopped sharing with { $with }
desk-event-erased = The words were erased at the customer’s request
desk-trail = History
desk-trail-all = All { $n }
desk-trail-held = Your reply is held
desk-trail-taken = { $name } took the ticket
desk-trail-change = { $from } to { $to }
desk-trail-change-by = { $name }: { $from } to { $to }

# Unsent
desk-state-queued = Queued
desk-state-waits = Queued, sends when connected
desk-state-waits-session = Queued, sends once you sign in again
desk-state-waits-update = Queued, sends once the app is updated
desk-state-behind = Queued behind the held reply
desk-state-behind-failed = Queued behind the failed reply
desk-state-behind-changed = Queued behind words that are being changed
desk-state-behind-unsure = Queued behind what waits for the server
desk-state-changing = Being changed, not sent
desk-state-sending = Sending…
desk-state-perhaps = Perhaps sent, waiting to be sure
desk-state-asked-withdraw = Waiting for the server · withdrawn if not sent
desk-state-asked-edit = Waiting for the server · replaced if not sent
desk-state-sent-anyway = Sent before it could be withdrawn
desk-state-held = Held, not sent
desk-state-held-why = Held: { $why }
desk-held-customer = the customer wrote again
desk-held-colleague = { $name } answered first at { $time }
desk-failed = Failed: { $reason }
desk-failed-closed = Failed: { $name } closed the ticket at { $time }
desk-failed-status = { $name } already changed the status to { $to } at { $time }. Your change was not applied.
desk-failed-priority = { $name } already changed the priority to { $to } at { $time }. Your change was not applied.
desk-failed-category = { $name } already changed the category to { $to } at { $time }. Your change was not applied.
desk-failed-subject = { $name } already changed the subject to “{ $to }” at { $time }. Yours was not applied.
desk-failed-order = { $name } already changed the order to { $to } at { $time }. Your change was not applied.
desk-failed-assigned = { $name } already assigned the ticket to { $to } at { $time }. Your change was not applied.
desk-failed-taken = { $name } already took the ticket at { $time }. Your change was not applied.
desk-edit = Edit
desk-edit-on = Go on editing
desk-leave-edit = Undo changes
desk-withdraw = Withdraw
desk-discard = Discard
desk-send-again = Send again
desk-send-too = Send as well
desk-send-all = Send all
desk-apply = Change anyway
desk-reopen-and-send = Reopen and send
desk-discard-title = Discard this?
desk-discard-text = Its text cannot be brought back.
desk-withdraw-title = Withdraw this?
desk-leave-edit-title = Discard these changes?
desk-leave-edit-text = The words as they were stay.

# Held reply
desk-clash-label = Held reply
desk-clash-title = Your reply is held, not sent
desk-clash-customer = The customer wrote again before this reply arrived. Check it, then choose.
desk-clash-colleague = { $name } answered first at { $time }. Check it, then choose.
desk-clash-waits = Waits for your decision on the reply above.
desk-your-reply = Your reply
desk-written-at = written { $time }
desk-edit-reply = Edit reply
desk-send-as-is = Send as it is
desk-edit-waits = Not sent while you are changing it
desk-edit-reply-label = Change the unsent reply
desk-edit-note-label = Change the unsent note

# Composer
desk-write = Write
desk-reply = Reply
desk-reply-label = Reply
desk-reply-placeholder = Write a reply…
desk-note-placeholder = Write a note for the team…
desk-to-customer = to { $name } · portal
desk-team-only = Visible to the team only
desk-draft-saved = Draft saved { $time }
desk-queue-until = Queued until connected
desk-send = Send
desk-send-ways = Ways to send
desk-send-wait = Send and wait
desk-send-resolve = Send and resolve
desk-send-then = Status becomes { $status }
desk-save-note = Save note
desk-closed-composer = This ticket is closed. Reopen it to answer the customer.
desk-full-composer = The disk is full. Free some space to go on writing.

# Side pane
desk-customer-since = Customer since { $month }
desk-speaks-id = Indonesian
desk-speaks-en = English
desk-other-tickets = { $n ->
    [1] one other ticket
   *[other] { $n } other tickets
  }
desk-other-active = { $n } active
desk-wedding-in = { $n ->
    [1] tomorrow
   *[other] in { $n } days
  }
desk-wedding-today = Today
desk-wedding-ago = { $n ->
    [1] yesterday
   *[other] { $n } days ago
  }

# Outbox
desk-outbox-decide = Need your decision, { $n }
desk-outbox-queued = Queued, { $n }
desk-outbox-sent = Sent today, { $n }
desk-sent-today = Sent today: { $n }
desk-show-sent = Show what was sent
desk-hide-sent = Hide what was sent
desk-outbox-choose = Choose an unsent item to see its conversation
desk-out-reply = Reply to { $name }
desk-out-note = Note on { $number }
desk-out-status = Status of { $number }
desk-out-priority = Priority of { $number }
desk-out-assign = Assignee of { $number }
desk-out-place = Queued, number { $n }
desk-out-place-after = Queued, number { $n }, after the reply above
desk-away-offline = No network since { $time }.
desk-away-service = Server not answering since { $time }.
desk-away-text = Everything is kept on this computer and sent once, in order, when connected.
desk-away-next = Trying again in { $seconds } s.
desk-away-now = Trying again…
desk-try-now = Try now

# Alerts
desk-alerts = Alerts
desk-alerts-text = What is urgent rings every 60 seconds until somebody takes it.
desk-alerts-when = When you are told
desk-alerts-reason = Reason
desk-alerts-level = Level
desk-alerts-held = When alerts are held back
desk-alerts-held-text = Only while this window is active, the ticket is on screen, and a key was pressed or the pointer moved in the last 60 seconds. Five messages in a row become one alert.
desk-level-critical = Critical
desk-level-critical-text = Stays until you deal with it
desk-level-normal = Normal
desk-level-normal-text = Goes by itself after a while
desk-alerts-sound = Sound
desk-sound-gong = Gong
desk-sound-gender = Gender
desk-sound-kecrek = Kecrek
desk-sound-none = None
desk-sound-of = Sound of { $reason }: { $sound }
desk-level-of = Level of { $reason }: { $level }
desk-reason-new_urgent = New urgent ticket
desk-reason-became_urgent = Ticket became urgent
desk-reason-let_go = Urgent ticket let go
desk-reason-message_mine = Customer wrote on a ticket of mine
desk-reason-message_unassigned = Message on an unassigned ticket
desk-reason-assigned_to_me = Ticket assigned to me
desk-reason-held_reply = My reply is held
desk-reason-quiet_over = Summary of quiet hours
desk-reason-test = Alert test
desk-duty-on = On duty
desk-duty-off = Off duty
desk-duty-paused = Paused until { $time }
desk-duty-paused-short = Pause { $time }
desk-duty-nobody = Nobody is on duty: everybody is told.
desk-pause-hour = Pause for 1 hour
desk-pause-end = End the pause
desk-ringer = { $number } is ringing
desk-ringer-said = Urgent: { $subject }, from { $customer }. Press T to take it.
desk-ringer-round = Ringing { $time } · round { $round } of { $of }
desk-ringer-all = Ringing { $time } · all admins are called
desk-ringer-more = { $n } more

# Quiet hours
desk-quiet = Quiet hours
desk-quiet-from = From
desk-quiet-to = to
desk-quiet-from-label = Quiet hours begin
desk-quiet-to-label = Quiet hours end
desk-quiet-every = { $zone }, every day
desk-quiet-urgent = Urgent tickets still ring
desk-quiet-summary = One summary at { $time }
desk-quiet-silent = During quiet hours you do not count as on duty, so that urgent tickets call somebody else.
desk-quiet-not-a-time = Write the time as 20:00.
desk-quiet-same = Begin and end cannot be the same.

# The self-test
desk-test = Alert test
desk-test-all = Test all
desk-test-try = Test
desk-test-of = Test { $path }
desk-test-never = Not tested yet
desk-test-hushed = The system's focus mode is on. Alerts may not be shown.
desk-test-missing = No notification service runs on this computer. As soon as it runs, alerts are shown again by themselves.
desk-test-denied = Alerts are not allowed. Allow Gemilang Desk in the system's notification settings.
desk-path-pop_up = Pop-up
desk-path-click = Click
desk-path-sound = Sound
desk-path-badge = Badge
desk-path-tray = System tray
desk-saw-shown = Shown within { $seconds } s, { $time }
desk-saw-works-pop_up = Shown
desk-saw-works-click = This window opened
desk-saw-works-sound = Gender was played
desk-saw-works-badge = The number is visible
desk-saw-works-tray = Icon and menu are ready
desk-saw-missing = No notification service runs on this computer
desk-saw-asks = Can you see the number { $n }?
desk-saw-waits = Click the pop-up that was just shown
desk-saw-opened = Opened the right ticket
desk-saw-not-clicked = The pop-up went without a click
desk-saw-not-seen = Not visible
desk-saw-hushed = The system's focus mode is on
desk-saw-denied = Alerts are not allowed. Open the system settings
desk-yes = Yes
desk-no = No

# What became of alerts
desk-ledger = History
desk-ledger-days = 30 days
desk-ledger-all = All results
desk-ledger-filter = Result
desk-ledger-seek = Search the history
desk-ledger-seek-hint = Number, subject or customer
desk-ledger-older = Older
desk-ledger-burst = { $n } messages from the customer
desk-ledger-again = Again at { $time }, round { $n }.
desk-ledger-round = Round { $n }.
desk-ledger-withdrawn = Withdrawn { $time }: { $why }
desk-empty-ledger = No alerts in the last 30 days.
desk-empty-ledger-filter = Choose another result or other words.
desk-result-shown = Shown
desk-result-ringing = Ringing
desk-result-clicked = Clicked
desk-result-clicked-seconds = Clicked after { $n } s
desk-result-clicked-minutes = Clicked after { $n } min
desk-result-held_back = Held back
desk-result-grouped = Grouped
desk-result-withdrawn = Withdrawn
desk-result-not_shown = Not shown
desk-why-on-duty-urgent = Urgent and unassigned; you are on duty.
desk-why-on-duty = Unassigned; you are on duty.
desk-why-nobody = Nobody is on duty, so everybody is called.
desk-why-admins = Unassigned after three rounds; all admins are called.
desk-why-yours = Your ticket.
desk-why-holder-off = With { $name }, who is off duty.
desk-why-reading = You are reading this ticket: window active, input { $n } s ago.
desk-why-paused = Paused until { $time }.
desk-why-off-duty = You are off duty.
desk-why-switched-off = You switched this reason off.
desk-why-late = Came { $n } minutes late, while catching up.
desk-why-burst = In a row within { $n } s.
desk-why-taken = taken by { $name }.
desk-why-rings = the ticket rings now.
desk-why-ended = the ticket is done.
desk-why-calmed = not urgent any more.
desk-why-read = read by { $name }.
desk-why-answered = answered by { $name }.
desk-why-moved = The conversation moved on before the reply arrived.
desk-why-put-off = Shown again after it was snoozed.
desk-why-daemon-back = Shown again; the computer shows alerts once more.
desk-why-asked = You tested it.
desk-why-quiet = Quiet hours { $from }–{ $to }.
desk-why-quiet-summary = Quiet hours { $from }–{ $to }; counted in the summary.
desk-why-through-quiet = Passed the quiet hours.
desk-why-snoozed = You snoozed it until { $time }.
desk-why-decided = you have decided.
desk-why-focus-mode = The system's focus mode is on.
desk-why-denied = The system does not allow alerts.
desk-why-no-daemon = No notification service runs on this computer.

# This computer
desk-here-start = Start when I sign in to the computer
desk-here-start-text = Opens in the tray, alerts are ready at once.
desk-here-stay = Keep running when the window closes
desk-here-stay-by = Quit from the tray icon or with

# Links
desk-link-not-here = Ticket { $number } is not on this computer.
desk-link-unknown = This link is not known. Here are all tickets instead.

# Company
desk-is-looking = looking
desk-is-typing = typing
desk-looks = { $name } is looking
desk-types = { $name } is typing
desk-to-customer-here = to { $name } · has the conversation open

# Taking back a reply
desk-said-sending = Sending in { $seconds } seconds
desk-said-send-undone = Not sent. The text is back in the text box
desk-state-leaves = Sending in a moment
desk-undo-send = Delay before sending
desk-undo-seconds = { $seconds ->
    [0] No delay
   *[other] { $seconds } seconds
}
desk-undo-send-foot = No delay while the customer has the conversation open
desk-set-undo-text = A reply can be taken back that long. At once while the customer is reading along.

# Palette
desk-find = Search or command
desk-find-results = Results
desk-find-recent = Recent tickets
desk-find-tickets = Tickets, { $n } found
desk-find-everywhere = Search for “{ $q }” in all messages
desk-find-go = Go to
desk-find-do = Commands
desk-find-nothing = Nothing found.
desk-find-run = run
desk-find-begin = Start with
desk-find-only-deeds = for commands,
desk-find-only-tickets = for tickets
desk-do-search = Search all messages
desk-do-details = Details on the side
desk-do-filter = Filter the list
desk-do-take = Take this ticket
desk-do-assign = Assign to a colleague…
desk-do-let-go = Unassign this ticket
desk-do-status = Change status…
desk-do-resolve = Resolve this ticket
desk-do-in-progress = Status: in progress
desk-do-waiting = Status: waiting for customer
desk-do-close = Close this ticket
desk-do-reopen = Reopen this ticket
desk-do-priority = Change priority…
desk-do-urgent = Priority: urgent
desk-do-high = Priority: high
desk-do-medium = Priority: medium
desk-do-low = Priority: low
desk-do-reply = Reply to the customer
desk-do-note = Write an internal note
desk-do-edit = Edit the reply that is not sent yet
desk-do-send = Send what is written
desk-do-send-wait = Send, then wait for the customer
desk-do-send-resolve = Send the reply, then resolve
desk-do-undo = Undo the last change
desk-do-duty-on = Go on duty
desk-do-duty-off = Go off duty
desk-do-sync = Try to connect now
desk-do-light = Light theme
desk-do-dark = Dark theme
desk-do-system = Theme follows the system
desk-do-indonesian = Language: Indonesian
desk-do-english = Language: English
desk-do-quit = Quit the app

# Picked tickets
desk-picks = Selected tickets
desk-picks-count = { $n } selected
desk-picks-title = { $n ->
    [one] 1 ticket selected
   *[other] { $n } tickets selected
}
desk-picks-none = Clear selection
desk-said-picked-most = { $n } tickets picked, the most at once
desk-said-many-taken = { $n } tickets taken
desk-said-many-assigned = { $n } tickets assigned to { $name }
desk-said-many-let-go = { $n } tickets unassigned
desk-said-many-resolved = { $n } tickets resolved
desk-said-many-status = { $n } tickets now { $status }
desk-said-many-priority = { $n } tickets now of priority { $priority }
desk-key-pick = Select a ticket
desk-key-pick-on = Select on the way
desk-key-pick-all = Select all
desk-do-pick = Select this ticket
desk-do-pick-all = Select all tickets in the list

# Order of the list
desk-sort = Sort
desk-sort-latest = Latest activity
desk-sort-waiting = Waiting longest
desk-sort-filed = Newest tickets
desk-sort-priority = Highest priority
desk-do-sort = Sort the list

# Sheet of keys
desk-keys = Shortcuts
desk-keys-find = Find a shortcut
desk-keys-none = No such shortcut.
desk-keys-letters = Single letters work outside the text box.
desk-keys-back = in the text box brings them back.
desk-keys-moving = Moving
desk-keys-list = List
desk-keys-ticket = Ticket
desk-keys-general = General
desk-keys-writing = Writing
desk-keys-sending = Sending
desk-key-move = Down, up
desk-key-ends = Start, end of the list
desk-key-open = Open the ticket
desk-key-back = Back
desk-key-search = Search
desk-key-views = Views 1 to 7
desk-key-details = Details on the side
desk-key-edit = Edit a held reply
desk-key-leave = Leave the text box
desk-key-turn = From reply to note and back
desk-key-keys = This sheet

# Settings
desk-settings = Settings
desk-set-general = General
desk-set-account = Account
desk-set-appearance = Appearance
desk-set-about = About
desk-set-server = Server
desk-set-server-version = connected, version { $version }
desk-set-server-on = connected
desk-set-server-off = not connected
desk-set-server-change = Change server
desk-set-server-ask = Change server?
desk-set-leave-ask = Sign out now?
desk-set-leave-text = { $n ->
    [one] One thing is not sent yet. It stays on this computer and leaves as soon as you sign in again.
   *[other] { $n } things are not sent yet. They stay on this computer and leave as soon as you sign in again.
}
desk-set-password-text = All other sessions end once the password is changed.
desk-set-password-busy = Changing…
desk-set-needs-line = The server does not answer. Try again once connected.
desk-set-sessions = Active sessions
desk-set-devices = { $n ->
    [one] one device
   *[other] { $n } devices
}
desk-set-session-since = signed in since { $when }
desk-set-session-seen = last active { $when }
desk-set-session-end = End session
desk-set-session-end-of = End session { $name }
desk-set-session-ending = Ending…
desk-set-size = Text size
desk-set-size-text = Changes all text and spacing.
desk-set-size-and = and
desk-set-size-too = work too.
desk-set-contrast = High contrast
desk-set-contrast-text = Stronger lines and texts, also where the system does not ask for them.
desk-set-motion = Reduce motion
desk-set-motion-text = Ringing shows by colour and count only.
desk-set-kept = { $n ->
    [one] one ticket kept on this computer, { $size }
   *[other] { $n } tickets kept on this computer, { $size }
}
desk-set-copy = Copy info for support
desk-said-copied = Copied. No name or message is in it.
desk-said-not-copied = It cannot be copied on this computer.
desk-said-password = The password is changed. Other sessions have ended.
desk-said-session-ended = The session has ended.
desk-said-sessions-ended = All other sessions have ended.

# Snooze, and replies that are sent later
desk-view-snoozed = Snoozed
desk-snooze = Snooze
desk-snooze-until = Snooze until
desk-snoozed-until = Snoozed until { $time }
desk-snoozed-until-reply = Snoozed until reply
desk-wake = Show again
desk-do-snooze = Snooze this ticket…
desk-said-snoozed = Snoozed until { $time }
desk-said-snoozed-until-reply = Snoozed until the customer replies
desk-said-woken = No longer snoozed
desk-when = Time
desk-when-placeholder = tomorrow 9 am
desk-when-often = Often used
desk-when-next-day = tomorrow { $time }
desk-when-hour = In 1 hour
desk-when-tomorrow = Tomorrow morning
desk-when-monday = Monday morning
desk-when-before-event = The day before the event
desk-when-until-reply = Until reply
desk-when-endless = no limit
desk-when-calendar = Choose date and time…
desk-when-clock = Time
desk-when-take = Choose
desk-when-month-before = Month before
desk-when-month-after = Month after
desk-when-clock-unclear = The time is not clear. Example: 09:00.
desk-when-unclear = The time is not clear yet. Examples: tomorrow 9 am, Monday, in 2 hours.
desk-when-passed = That time has passed.
desk-when-too-far = One year at most.
desk-send-later = Send later
desk-send-later-more = Send later…
desk-send-later-text = Held if the customer writes first
desk-said-later = Scheduled for { $time }
desk-later-at = Scheduled for { $time }
desk-later-now = Send now
desk-later-called-off = Scheduled reply withdrawn
desk-later-held-customer = Held, not sent: the customer wrote first
desk-later-held-colleague = Held, not sent: a colleague answered first
desk-later-held-author = Held, not sent: its author's account is deactivated
desk-event-snoozed = { $name } snoozed this ticket until { $time }
desk-event-snoozed-until-reply = { $name } snoozed this ticket until reply
desk-event-woken = Back for { $name }
desk-event-woken-asked = { $name } ended the snooze
desk-event-woken-replied = Back for { $name }, as the customer replied
desk-event-send-later = { $name } scheduled a reply for { $time }
desk-event-called-off = { $name } withdrew a scheduled reply
desk-event-held-back = A scheduled reply by { $name } was held
desk-out-later = Scheduled reply to { $name }
desk-out-call-off = Withdraw the scheduled reply to { $name }
desk-out-snooze = Snooze { $number }
desk-reason-snooze_due = A ticket I snoozed comes back
desk-reason-later_held = My scheduled reply is held

# Team
desk-set-admins = Admins only
desk-team = Team
desk-team-count = { $n ->
    [one] one person, { $m } on duty
   *[other] { $n } people, { $m } on duty
}
desk-team-admins = For admins only
desk-team-name = Name
desk-team-role = Role
desk-team-duty = Duty
desk-team-active = Active
desk-team-seen = Last seen
desk-team-never = never
desk-team-inactive = Deactivated
desk-team-role-of = Role of { $name }: { $role }
desk-team-role-agent = Answers tickets.
desk-team-role-admin = Answers tickets, manages team and opening hours.
desk-team-deeds = Actions for { $name }
desk-team-see = { $n ->
    [one] See the ticket
   *[other] See the { $n } tickets
}
desk-team-off-duty = Set off duty
desk-team-end-sessions = End all sessions
desk-team-deactivate = Deactivate…
desk-team-activate = Activate again
desk-team-goodbye = Deactivate { $name }?
desk-team-goodbye-tickets = { $n ->
    [0] No ticket is theirs at the moment.
    [one] The ticket goes back to Unassigned.
   *[other] The { $n } tickets go back to Unassigned.
}
desk-team-goodbye-stays = { $sessions ->
    [0] Messages and notes of { $name } stay, and the account can be activated again.
    [one] The session ends now. Messages and notes of { $name } stay, and the account can be activated again.
   *[other] The { $sessions } sessions end now. Messages and notes of { $name } stay, and the account can be activated again.
}
desk-team-goodbye-yes = Deactivate
desk-team-released = { $n ->
    [one] One ticket of { $name } is unassigned again
   *[other] { $n } tickets of { $name } are unassigned again
}
desk-team-last-admin = At least one admin must remain.
desk-team-invite = Invite
desk-team-invite-text = The invitation goes to this address and is valid for 7 days.
desk-team-invite-send = Send invitation
desk-team-inviting = Sending…
desk-team-email-taken = This address has an account already.
desk-team-invited = { $n ->
    [one] Invited by { $name }, valid for one more day
   *[other] Invited by { $name }, valid for { $n } more days
}
desk-team-invited-over = Invited by { $name }, valid no more
desk-team-waiting = Waiting
desk-team-over = Expired
desk-team-resend = Send again
desk-team-withdraw = Withdraw invitation
desk-team-withdraw-of = Withdraw the invitation for { $email }
desk-said-invited = Invitation sent to { $email }.
desk-said-uninvited = Invitation withdrawn.
desk-said-role = The role of { $name } is changed.
desk-said-off-duty = { $name } is off duty now.
desk-said-member-sessions = All sessions of { $name } have ended.
desk-said-deactivated = { $name } is deactivated.
desk-said-activated = { $name } can sign in again.

# Opening hours
desk-hours = Opening hours
desk-hours-closed = Closed
desk-hours-opens = { $day }: opens
desk-hours-closes = { $day }: closes
desk-hours-is-open = Open on { $day }
desk-hours-exceptions = Exceptions
desk-hours-add = Add a date
desk-hours-add-it = Add
desk-hours-date = Date
desk-hours-note = Name of the day, such as Christmas
desk-hours-from = Open from
desk-hours-to = Open until
desk-hours-empty-closed = No hours means closed.
desk-hours-remove = Remove { $what }
desk-hours-no-exceptions = No holidays or special hours yet.
desk-hours-foot = Outside opening hours customers are told when the team will answer. Urgent tickets still ring for those on duty.
desk-hours-not-a-time = Write a time such as 08:00.
desk-hours-backwards = Closing must come after opening.
desk-hours-overlap = These hours begin before those above end.
desk-hours-break = { $day }: add a break
desk-hours-no-break = { $day }: remove these hours
desk-hours-no-date = Write a date such as 25/12 or 25/12/2026.
desk-hours-date-past = That date has passed.
desk-hours-date-taken = This date is there already.
desk-hours-note-long = Its name has at most 80 characters.
# Tags, links, mentions, and a ticket for who called
desk-said-many-snoozed = { $n } tickets snoozed until { $time }
desk-said-many-snoozed-until-reply = { $n } tickets snoozed until the customer replies
desk-more = More
desk-tags = Tags
desk-tag-more = Add a tag…
desk-tag-add = Add a tag
desk-tag-placeholder = for example: catering
desk-tag-new = New tag “{ $tag }”
desk-tag-none = There are no tags yet. Type to make the first.
desk-tag-there = This ticket has that tag already.
desk-tag-off = Take off the tag { $tag }
desk-said-tagged = Tagged “{ $tag }”
desk-said-untagged = Tag “{ $tag }” taken off
desk-links = Linked
desk-link-more = Link to another ticket…
desk-link-add = Link to a ticket
desk-link-placeholder = Number, subject or customer
desk-link-none = No ticket matches.
desk-link-off = Take off the link to { $number }
desk-merge-to = Merged into { $number }
desk-merge-apart = Apart from { $number } again
desk-link-added = Linked to another ticket
desk-link-removed = Link to another ticket taken off
desk-said-linked = Linked to { $number }
desk-said-unlinked = Link to { $number } taken off
desk-mention = Colleagues to mention
desk-event-filed = { $name } filed this ticket for the customer
desk-event-tagged = { $name } added the tag “{ $tag }”
desk-event-untagged = { $name } took off the tag “{ $tag }”
desk-event-tags-erased = Tags changed
desk-event-merged = { $name } merged this ticket into { $number }
desk-event-unmerged = { $name } took this ticket apart from { $number } again
desk-event-absorbed = { $name } merged { $number } into this ticket
desk-event-released = { $name } took { $number } apart again
desk-event-linked = { $name } linked { $number }
desk-message-deeds = What to do with this message
desk-message-copy = Copy text
desk-message-copied = The message's text is copied
desk-split = Split off into a new ticket
desk-split-more = Split off into a new ticket…
desk-split-what = The message is copied. This conversation stays whole.
desk-do-split = Split off the customer's last message…
desk-split-to = Split off into
desk-split-who = For
desk-split-said = Message in { $number }, { $time }
desk-split-hint = Copied as it is. The conversation of { $number } stays whole.
desk-split-alone = Only { $name } will see the new ticket; { $others } will not.
desk-split-not-here = The message is not on this computer yet. The ticket can be filed all the same.
desk-split-waits = Your own words are still in this form. File or discard them first, then the message can be split off.
desk-out-split = New ticket from { $name }'s message
desk-event-split = { $name } split a message off into { $number }
desk-event-split-from = { $name } split this message off from { $number }
desk-event-unlinked = { $name } took off the link to { $number }
desk-out-tag = Tag on { $number }
desk-out-merge = Merging { $number }
desk-out-link = Link of { $number }
desk-out-file = New ticket for { $name }
desk-file = File a ticket for a caller
desk-file-more = File a ticket for a caller…
desk-file-for = File another ticket for this customer…
desk-file-who = Who called?
desk-file-who-placeholder = Name, number, email or order number
desk-file-who-none = No customer matches.
desk-file-other = Change
desk-file-order = Order
desk-file-no-order = No order
desk-file-subject = Subject
desk-file-message = First message
desk-file-message-placeholder = What was said, and what comes next
desk-file-message-hint = The customer reads it in the portal as a message from you.
desk-file-take = I look after it
desk-file-offline = It is filed once connected.
desk-file-submit = File ticket
desk-said-filed = Ticket for { $name } filed
desk-filed-waits = The ticket for { $name } waits for a connection
desk-filed-failed = The ticket for { $name } could not be filed
desk-filed-failed-text = { $why } Your words are under Held and unsent.
desk-filed-waits-text = “{ $subject }” gets its number and opens here as soon as it reaches the server. Until then it is under Held and unsent.
desk-reason-mentioned = A colleague mentions me
desk-why-called = You were called by name.

# Customers and orders
desk-look-up = Look up
desk-customers = Customers
desk-customers-label = Name, email or WhatsApp number
desk-customers-lately = those who wrote last
desk-customers-none = No customers yet.
desk-customers-hint = Try part of the name, the email or the WhatsApp number.
desk-orders = Orders
desk-orders-label = Order number, name, package or venue
desk-orders-next = the next weddings
desk-orders-none = No weddings to come.
desk-orders-hint = Try the order number, the customer's name, the package or the venue.
desk-look-count = { $n } found
desk-look-some = { $n } of { $of }
desk-look-tickets = { $n ->
    [one] one ticket
   *[other] { $n } tickets
}
desk-look-their-tickets = Tickets
desk-look-no-tickets = No tickets yet.
desk-look-no-orders = No orders yet.
desk-look-contact = Contact
desk-look-customer = Customer
desk-look-wedding = Wedding
desk-look-missing = Not on this computer
desk-look-missing-text = It may be new and still on its way. Try again in a moment.
desk-customer-all = See all their tickets
desk-customer-deeds = Actions for this customer
desk-blocked = Blocked
desk-block = Block customer…
desk-unblock = Unblock customer
desk-block-ask = Block { $name }?
desk-block-text = Their sessions in the portal end now, and they cannot sign in any more.
desk-block-stays = Tickets and messages stay. They can be unblocked at any time.
desk-block-yes = Block
desk-do-block = Block this customer…
desk-do-customer = Open the customer's page
desk-do-category = Change category…
desk-out-category = Category of { $number }
desk-subject-edit = Change subject
desk-subject-hint = Enter keeps it, Esc gives back what was.
desk-subject-overtaken = Meanwhile it was renamed “{ $subject }”. Enter uses yours.
desk-do-subject = Change subject…
desk-do-order = Change order…
desk-out-subject = Subject of { $number }
desk-out-order = Order of { $number }
desk-said-subject = Subject changed
desk-said-order = Order is now { $number }
desk-said-order-off = No order any more
desk-order-none = This customer has no order yet.
desk-said-category = Category is now { $category }
desk-said-blocked = { $name } is blocked.
desk-said-unblocked = { $name } can sign in again.
desk-ticket-menu = Menu of the ticket

# Saved views
desk-saved = Saved views
desk-saved-keep = Save
desk-saved-keep-hint = Save these filters as a view
desk-key-save-view = Save as a view
desk-do-save-view = Save as a view…
desk-do-save-changes = Save changes to this view
desk-do-rename-view = Rename this view…
desk-do-delete-view = Delete this view
desk-saved-menu = View { $name }
desk-saved-changes = Save changes
desk-saved-new = Save as a new view…
desk-saved-back = Back to how it was
desk-saved-rename = Rename…
desk-saved-delete = Delete view
desk-saved-delete-all = It goes from everybody’s desk
desk-saved-changed = Changed
desk-saved-by = Made by { $name }
desk-saved-title = Save view
desk-saved-rename-title = Rename view
desk-saved-name = Name of the view
desk-saved-example = Vendors this month
desk-saved-for = For
desk-saved-for-me = Only me
desk-saved-for-all = The whole team
desk-saved-for-me-hint = Only you see it, on all your computers.
desk-saved-for-all-hint = The whole team uses it. Only you and admins can change it.
desk-saved-unsent = Not sent yet
desk-saved-refused = The server did not accept this change
desk-saved-again = Send again
desk-saved-give-up = Discard this change
desk-saved-newer = Made with a newer app. Update the app to open it.
desk-said-view-kept = View “{ $name }” saved
desk-said-view-changed = Changes to “{ $name }” saved
desk-said-view-deleted = View “{ $name }” deleted
desk-count-more = { $n }+

# Merging
desk-merge-more = Merge with another ticket…
desk-merge-title = Merge { $number } with another ticket
desk-merge-find = Find a ticket
desk-merge-placeholder = Number, subject or customer
desk-merge-found = Matching tickets
desk-merge-none = This customer has no other ticket.
desk-merge-nothing = No ticket matches.
desk-merge-other-customer = another customer
desk-merge-is-merged = Merged already
desk-merge-goes = Goes in
desk-merge-stays = Goes on
desk-merge-swap = Swap
desk-merge-meta = { $n ->
    [one] { $n } message
   *[other] { $n } messages
} · filed { $date }
desk-merge-filed = Filed { $date }
desk-merge-what = { $n ->
    [0] The messages of { $number } go
    [one] The message of { $number } goes
   *[other] The { $n } messages of { $number } go
} into { $into } by their time, { $number } is closed with a link to here, and the customer has one conversation to read.
desk-merge-undo = Can be undone for 10 seconds.
desk-merge-yes = Merge
desk-said-merged = { $number } was merged into { $into }
desk-merged-apart = Take apart again
desk-merge-from = from { $number }
desk-failed-merged = { $name } merged this ticket into { $number }, { $time }
desk-open-other = Open { $number }
