## Words that portal, desk and messages share.

# Status, as staff and customers read it; what a customer reads otherwise is under status-customer-
status-open = Terbuka
status-in_progress = Diproses
status-waiting_customer = Menunggu pelanggan
status-resolved = Selesai
status-closed = Ditutup
status-active = Aktif
status-customer-open = Terbuka
status-customer-in_progress = Diproses
status-customer-waiting_customer = Menunggu Anda
status-customer-resolved = Selesai
status-customer-closed = Ditutup

priority-low = Rendah
priority-medium = Sedang
priority-high = Tinggi
priority-urgent = Mendesak
priority-hint-low = Dijawab dalam 2 hari.
priority-hint-medium = Dijawab hari ini.
priority-hint-high = Dijawab dalam 2 jam kerja.
priority-hint-urgent = Untuk acara dalam 48 jam. Tim jaga langsung dipanggil.

category-general = Umum
category-order = Pesanan
category-payment = Pembayaran
category-vendor = Vendor
category-schedule = Jadwal
category-technical = Teknis
category-complaint = Keluhan
category-other = Lainnya
category-hint-general = Pertanyaan apa saja.
category-hint-order = Isi paket, jumlah tamu, perubahan pesanan.
category-hint-payment = Termin, pelunasan, bukti transfer, kuitansi.
category-hint-vendor = Rias, katering, dekorasi, dokumentasi, hiburan.
category-hint-schedule = Jam akad, resepsi, gladi, dan rundown.
category-hint-technical = Masalah masuk atau memakai halaman ini.
category-hint-complaint = Ada yang tidak sesuai harapan.
category-hint-other = Yang belum ada di atas.

role-customer = Pelanggan
role-agent = Petugas
role-admin = Admin
sender-system = Sistem
sender-system-customer = Gemilang WO

order-status-draft = Draf
order-status-confirmed = Terkonfirmasi
order-status-done = Sudah terlaksana
order-status-cancelled = Dibatalkan

# Times
age-now = baru saja
age-minutes = { $n } mnt
age-hours = { $n } jam
today = Hari ini
yesterday = Kemarin
wedding-day = Hari H

# Names of the fields
label-subject = Judul
label-description = Ceritakan
label-category = Kategori
label-priority = Seberapa mendesak?
label-order = Tentang pesanan
label-message = Tulis pesan
label-name = Nama lengkap
label-email = Email
label-phone = Nomor WhatsApp
label-password = Kata sandi
label-password_confirmation = Ulangi kata sandi

# What was erased at its owner’s request
erased-person = Pelanggan (akun dihapus)
erased = Dihapus atas permintaan
