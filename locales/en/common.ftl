## Words that portal, desk and messages share.

# Status, as staff and customers read it; what a customer reads otherwise is under status-customer-
status-open = Open
status-in_progress = In progress
status-waiting_customer = Waiting for customer
status-resolved = Resolved
status-closed = Closed
status-active = Active
status-customer-open = Open
status-customer-in_progress = In progress
status-customer-waiting_customer = Waiting for you
status-customer-resolved = Resolved
status-customer-closed = Closed

priority-low = Low
priority-medium = Medium
priority-high = High
priority-urgent = Urgent
priority-hint-low = Answered within 2 days.
priority-hint-medium = Answered today.
priority-hint-high = Answered within 2 working hours.
priority-hint-urgent = For a wedding within 48 hours. The team on duty is called at once.

category-general = General
category-order = Order
category-payment = Payment
category-vendor = Vendor
category-schedule = Schedule
category-technical = Technical
category-complaint = Complaint
category-other = Other
category-hint-general = Any question at all.
category-hint-order = What the package holds, number of guests, changes to the order.
category-hint-payment = Instalments, final payment, proof of transfer, receipts.
category-hint-vendor = Make-up, catering, decoration, documentation, entertainment.
category-hint-schedule = Times of the akad, reception, rehearsal and rundown.
category-hint-technical = Trouble signing in or using these pages.
category-hint-complaint = Something is not as you had hoped.
category-hint-other = Whatever is not named above.

role-customer = Customer
role-agent = Agent
role-admin = Admin
sender-system = System
sender-system-customer = Gemilang WO

order-status-draft = Draft
order-status-confirmed = Confirmed
order-status-done = Done
order-status-cancelled = Cancelled

# Times
age-now = just now
age-minutes = { $n } min
age-hours = { $n } h
today = Today
yesterday = Yesterday
wedding-day = D-day

# Names of the fields
label-subject = Subject
label-description = Tell us more
label-category = Category
label-priority = How urgent?
label-order = About order
label-message = Write a message
label-name = Full name
label-email = Email
label-phone = WhatsApp number
label-password = Password
label-password_confirmation = Password again

# What was erased at its owner’s request
erased-person = Customer (account erased)
erased = Erased on request
