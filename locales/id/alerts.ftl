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
alert-held-title = Balasan Anda ditahan
alert-held-customer = { $customer } menulis lagi
alert-held-colleague = { $name } lebih dulu menjawab
alert-quiet-title = Selama jam tenang
alert-quiet-messages = { $n } pesan
alert-quiet-assigned = { $n } pengalihan
alert-quiet-mentioned = { $n } sebutan
alert-quiet-held = { $n } balasan ditahan
alert-quiet-urgent = { $n } tiket mendesak belum diambil.
alert-quiet-nothing-urgent = Tidak ada yang mendesak.
alert-test-title = Uji notifikasi
alert-test-pop_up = Notifikasi Gemilang Desk tampil seperti ini.
alert-test-click = Klik notifikasi ini: tiket yang terakhir aktif akan terbuka.
alert-action-take = Ambil
alert-action-open = Buka
alert-action-snooze = Tunda 10 menit

# At the foot of the window, when the computer cannot show the alert itself
alert-not-shown = Mendesak: { $subject } ({ $customer }). Layanan notifikasi tidak berjalan di komputer ini.

# A replica that could not be opened
desk-data-set-aside = Data di komputer ini rusak dan dimuat ulang dari server. Berkas yang lama disimpan di sampingnya.

## The tray

tray-open = Buka Gemilang Desk
tray-quit = Keluar dari Gemilang Desk
tray-signed-out = Belum masuk
tray-unassigned = { $n } belum diambil
tray-urgent = { $n } mendesak
tray-all-taken = Semua sudah diambil
tray-offline = Tidak tersambung
tray-stays-title = Gemilang Desk tetap berjalan
tray-stays = Ikonnya ada di baki sistem, dan notifikasi tetap tampil. Keluar lewat menu ikon itu atau Ctrl Q.
tray-none-title = Jendela dikecilkan
tray-none = Komputer ini tidak punya baki sistem, jadi Gemilang Desk tetap berjalan di bilah tugas. Keluar dengan Ctrl Q.
tray-waits-title = Gemilang Desk siap
tray-waits = Komputer ini tidak punya baki sistem, jadi jendelanya menunggu di bilah tugas. Notifikasi tetap tampil.

# What this computer cannot do
missing-sound = Tidak ada perangkat suara
missing-badge = Desktop ini tidak menampilkan angka pada ikon aplikasi
missing-tray = Komputer ini tidak punya baki sistem

# What comes back, and what was to be sent
alert-mentioned-title = { $name } menyebut Anda
alert-snooze-due-title = Waktunya kembali: { $subject }
alert-later-held-title = Pesan terjadwal gagal dikirim
alert-later-held-body = { $customer } · { $subject }
