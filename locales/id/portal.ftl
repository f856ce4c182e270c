## The customer's pages.

nav-main = Utama
nav-tickets = Tiket saya
nav-create = Buat tiket
nav-preferences = Preferensi
account-of = akun { $name }
sign-in = Masuk
sign-out = Keluar
register = Daftar
send = Kirim
sending = Mengirim…
send-again = Kirim ulang
cancel = Batal
busy = Sebentar…
try-again = Coba lagi
more = Pilihan lain
show-password = Tampilkan kata sandi

# Signing in
signin-lead = Semua tentang hari bahagia Anda, di satu tempat.
no-account = Belum punya akun?
have-account = Sudah punya akun?
password-hint = Minimal 10 huruf.
phone-hint = Boleh dikosongkan.
kept-title = Tulisan Anda tersimpan
signed-out = Anda sudah keluar.
signin-first = Masuk dulu untuk membuka halaman itu.
or = atau
forgot = Lupa kata sandi?
link-ask = Kirim tautan masuk ke email
back-to-sign-in = Kembali ke halaman masuk

# Links that come by mail
link-title = Masuk lewat email
link-lead = Tulis alamat email akun Anda. Kami kirim tautan untuk masuk tanpa kata sandi.
link-send = Kirim tautan
forgot-title = Lupa kata sandi
forgot-lead = Tulis alamat email akun Anda. Kami kirim tautan untuk memilih kata sandi baru.
sent-title = Periksa email Anda
sent-text = Kalau { $email } terdaftar, tautannya sedang dikirim ke sana.
confirm-sent-text = Tautan konfirmasi sedang dikirim ke { $email }.
sent-hint = Belum ada setelah beberapa menit? Lihat folder spam, atau periksa ejaan alamatnya.
over-title = Tautan ini tidak berlaku lagi
over-text = Tautan hanya bisa dipakai satu kali dan dalam waktu terbatas. Minta saja yang baru.
over-again = Minta tautan baru
spend-sign_in-lead = Masuk sebagai { $email }.
spend-confirm-title = Konfirmasi email
spend-confirm-lead = Pastikan { $email } memang alamat Anda.
spend-confirm-button = Ya, ini alamat saya
spend-reset-title = Pilih kata sandi baru
spend-reset-lead = Untuk akun { $email }. Setelah ini semua perangkat lain keluar dari akun Anda.
spend-reset-button = Simpan dan masuk
confirmed-title = Email terkonfirmasi
confirmed-text = Terima kasih. { $email } sudah kami catat, dan pesanan atas alamat ini tampil di akun Anda.

# Preferences
save = Simpan
saved = Tersimpan
not-saved = Belum tersimpan
back-to-preferences = Kembali ke Preferensi
confirm-first = { $email } belum dikonfirmasi. Buka tautan di email kami supaya pesanan Anda tampil di sini.
confirm-again = Kirim ulang
pref-news = Kabar dari kami
pref-when = Saat
pref-told-by = { $what } lewat { $how }
pref-quiet = Jangan kirim SMS dan WhatsApp malam hari
pref-quiet-hours = 21:00–07:00 { $zone }, kecuali mendesak
pref-you = Nama dan nomor
pref-name = Nama
pref-phone = WhatsApp dan SMS
pref-no-phone = Belum ada
phone-use = Untuk SMS dan WhatsApp. Boleh dikosongkan.
pref-display = Tampilan
pref-language = Bahasa
pref-zone = Zona waktu
pref-theme = Tema
pref-account = Akun
pref-devices = { $n } perangkat
profile-title = Nama dan nomor
channel-email = Email
channel-sms = SMS
channel-whatsapp = WhatsApp
happening-received = Tiket diterima
happening-reply = Ada balasan
happening-status = Status berubah
happening-assigned = Petugas berganti
zone-WIB = WIB, Jakarta
zone-WITA = WITA, Makassar
zone-WIT = WIT, Jayapura
zone-hint-WIB = Sumatra, Jawa, Kalimantan Barat dan Tengah
zone-hint-WITA = Bali, Nusa Tenggara, Sulawesi, Kalimantan Timur, Selatan, dan Utara
zone-hint-WIT = Maluku dan Papua
theme-auto = Ikut perangkat
theme-light = Terang
theme-dark = Gelap
aside-news-title = Tidak dobel
aside-news-text = Yang sudah Anda baca di sini tidak kami kirim lagi ke tempat lain.
aside-zone-title = Jam acara tetap
aside-zone-text = Zona waktu ini untuk jam pesan dan kabar. Jam acara selalu ditulis dalam zona tempat acaranya.

# Password and devices
devices-title = Kata sandi dan perangkat
devices-here = Masuk di
device-this = Perangkat ini
device-since = Masuk { $when }
device-seen = terakhir aktif { $when }
device-end = Akhiri
device-end-others = Akhiri semua sesi lain
device-ended = Sesi sudah diakhiri.
password-change = Ganti kata sandi
password-changed = Kata sandi sudah diganti. Perangkat lain sudah keluar dari akun Anda.
wrong-password = Kata sandi ini belum cocok. Tersisa { $n } percobaan.
label-current_password = Kata sandi sekarang
aside-device-title = Ada yang tidak Anda kenal?
aside-device-text = Akhiri sesinya, lalu ganti kata sandi. Setelah diganti, semua perangkat lain keluar.

# For developers
dev-outbox = Kotak keluar
dev-outbox-again = Muat ulang
dev-outbox-empty = Belum ada email.
dev-outbox-link = Buka tautannya
dev-outbox-raw = Seperti dikirim

# The list
filter-label = Saring menurut status
filter-all = Semua
filter-unread = Belum dibaca
list-search = Cari judul, pesan, atau nomor tiket
list-empty-title = Belum ada tiket
list-empty-text = Tanyakan apa saja tentang pesanan, pembayaran, vendor, atau jadwal.
list-empty-way = Buat tiket pertama
list-no-match-title = Tidak ada yang cocok
list-no-match-text = Longgarkan saringan.
list-no-match-way = Hapus saringan
pager-label = Halaman
pager-older = Lebih lama
pager-newest = Terbaru
new-replies = { $n } balasan baru
you = Anda
last-line = { $name }: { $text }

# Filing a ticket
create-follow-title = Buat tiket lanjutan
follows = Lanjutan dari { $number }
create-no-order = Bukan tentang pesanan
create-no-order-hint = Pertanyaan umum
create-urgent-hint = Pilih Mendesak bila menyangkut acara dalam 48 jam; tim jaga langsung dipanggil.
created = Tiket { $number } sudah kami terima.
created-high = Tiket { $number } sudah kami terima. Sudah ada 3 tiket mendesak hari ini, jadi yang ini kami catat sebagai Tinggi.
draft-kept = Draf tersimpan di perangkat ini
letters = { $n } huruf
letters-unit = huruf
aside-when-title = Kapan dijawab?
aside-when-text = Sedang dijawab hari itu juga, Tinggi dalam 2 jam kerja. Untuk Mendesak, tim jaga langsung dipanggil.
aside-fast-title = Supaya cepat
aside-fast-text = Sebut tanggal, jam, dan nama vendor yang dimaksud. Satu tiket untuk satu hal.

# The conversation
conversation = Percakapan
back-to-list = Kembali ke tiket saya
older-messages = Pesan sebelumnya
newer-messages = Pesan terbaru
mark-sent = Terkirim
mark-read = Dibaca
mark-waiting = Menunggu jaringan
mark-failed = Belum terkirim
link-live = Tersambung
link-again = Menyambung kembali…
link-none = Tidak ada jaringan
link-polling = Diperbarui tiap 15 detik
offline-banner = Pesan Anda disimpan dan dikirim saat tersambung.
closed-text = Tiket ini sudah ditutup dan tidak menerima pesan lagi.
close-ticket = Tutup tiket
close-question = Tutup tiket ini? Anda bisa membuat tiket lanjutan kapan saja.
signed-out-while-writing = Sesi berakhir. Masuk lagi, tulisan Anda aman.
kept-back = Tulisan Anda masih ada di bawah. Periksa, lalu kirim.
fact-number = Nomor
fact-status = Status
fact-priority = Prioritas
fact-category = Kategori
fact-order = Pesanan
fact-assignee = Petugas
fact-nobody = Belum ada
trail-title = Riwayat
trail-created = Tiket dibuat
trail-taken = { $name } menangani tiket ini
trail-let-go = Petugas sedang dicarikan
trail-status = Status menjadi { $status }
trail-closed-by-you = Anda menutup tiket ini
trail-closed = Tiket ditutup
trail-resolved = { $name } menandai tiket ini selesai
trail-reopened = Dibuka kembali karena Anda membalas
trail-priority = Prioritas menjadi { $priority }
trail-category = Kategori menjadi { $category }
trail-subject = Judul menjadi “{ $subject }”
trail-order = Pesanan menjadi { $order }
trail-no-order = Dilepas dari pesanan

# Pages in place of an answer
fault-unavailable = Layanan sedang tidak bisa dihubungi. Coba lagi sebentar lagi.
