## Native pop-ups of the desk, and what it says where it cannot show one.

alert-urgent-title = Mendesak: { $subject }
alert-urgent-body = { $customer } · belum diambil
alert-urgent-body-event = { $customer } · { $days } · belum diambil
alert-became-urgent-title = Menjadi mendesak: { $subject }
alert-became-urgent-body = { $customer } · diubah { $name }
alert-urgent-several = { $n } tiket mendesak dari { $customer }
alert-untaken-title = Belum ada yang mengambil: { $subject }
alert-untaken-body = { $customer } · menunggu { $minutes } menit
alert-let-go-body = { $customer } · dilepas { $name }
alert-unassigned-title = { $customer }, belum diambil
alert-burst-title = { $n } pesan dari { $customer }
alert-assigned-title = { $name } mengalihkan tiket ke Anda
alert-action-take = Ambil
alert-action-open = Buka

# At the foot of the window, when the computer cannot show the alert itself
alert-not-shown = Mendesak: { $subject } ({ $customer }). Layanan notifikasi tidak berjalan di komputer ini.

# A replica that could not be opened
desk-data-set-aside = Data di komputer ini rusak dan dimuat ulang dari server. Berkas yang lama disimpan di sampingnya.
