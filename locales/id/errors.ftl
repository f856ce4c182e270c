## Fields that break a rule, and refusals. Say what happened, then what can be done.

field-empty = Isian ini masih kosong.
field-too_short = Tulis minimal { $least } huruf. Baru { $n }.
field-too_long = Paling panjang { $most } huruf, ini { $n }.
field-not_in_list = Pilih salah satu.
field-endpoint-not_in_list = Layanan pemberitahuan perangkat ini tidak menerima kabar kami. Coba lagi nanti, atau matikan lalu nyalakan lagi.
field-not_an_email = Alamat email belum lengkap.
field-not_a_phone = Nomor belum lengkap. Contoh: 0812-3456-0198.
field-differs = Kedua kata sandi belum sama.
field-not_yours = Pesanan ini bukan milik akun Anda.
field-not_a_person = Orang ini tidak bisa dipilih.
field-taken = Alamat ini sudah punya akun. Masuk saja dengan kata sandinya.
field-bad_character = Ada huruf yang tidak bisa disimpan. Hapus, lalu coba lagi.

field-tag-empty = Labelnya masih kosong.
field-tag-too_long = Label paling panjang { $most } huruf.
field-customer-empty = Pilih pelanggannya dulu.
field-subject-empty = Isi judulnya dulu.
field-subject-too_long = Judul paling panjang { $most } huruf, ini { $n }.
field-description-empty = Tulis minimal 20 huruf supaya kami langsung paham.
field-description-too_short = Tulis minimal { $least } huruf supaya kami langsung paham. Baru { $n }.
field-category-empty = Pilih salah satu.
field-priority-empty = Pilih salah satu.
field-message-empty = Pesan masih kosong.
field-message-too_long = Pesan terlalu panjang, paling banyak { $most } huruf.
field-note-empty = Catatan masih kosong.
field-notes-empty = Catatan masih kosong.
field-name-empty = Isi nama Anda dulu.
field-name-too_long = Nama paling panjang { $most } huruf, ini { $n }.
field-email-empty = Isi alamat email Anda dulu.
field-phone-empty = Isi nomor WhatsApp Anda dulu.
field-admins-empty = Paling sedikit satu admin harus tetap ada.
field-password-empty = Isi kata sandinya dulu.
field-password-too_short = Kata sandi minimal { $least } huruf.
field-password-too_long = Kata sandi paling panjang { $most } huruf.
field-password_confirmation-empty = Ulangi kata sandinya.
field-current_password-empty = Isi kata sandi Anda sekarang.
field-email-not_a_person = Ini alamat Anda sendiri.
field-email-too_long = Terlalu banyak undangan yang belum dijawab. Tarik salah satu dulu.
field-what-empty = Pilih yang mau dibagikan.
field-what-not_yours = Yang ini bukan milik akun Anda.
field-assigned_to-not_a_person = Tiket hanya bisa dialihkan ke anggota tim yang aktif.

error-title-malformed = Permintaan tidak terbaca
error-title-session_expired = Sesi berakhir
error-title-wrong_credentials = Belum bisa masuk
error-title-deactivated = Akun nonaktif
error-title-forbidden = Tidak diizinkan
error-title-foreign_form = Formulir kedaluwarsa
error-title-not_found = Tidak ditemukan
error-title-lost_race = Sudah berubah
error-title-id_taken = Sudah dipakai
error-title-voided = Sudah ditarik
error-title-lost_by_restore = Hilang di server
error-title-place_lost = Data server dipulihkan
error-title-already_sent = Sudah terkirim
error-title-too_many = Sudah penuh
error-title-ticket_closed = Tiket sudah ditutup
error-title-too_large = Terlalu besar
error-title-validation = Belum lengkap
error-title-desk_too_old = Perlu pembaruan
error-title-throttled = Tunggu sebentar
error-title-rate_limited = Tunggu sebentar
error-title-too_many_lines = Terlalu banyak yang terbuka
error-title-unavailable = Sedang tidak bisa dihubungi
error-title-unknown = Ada yang salah

error-malformed = Permintaan ini tidak bisa kami baca. Muat ulang halamannya, lalu coba lagi.
error-session_expired = Sesi berakhir. Masuk lagi, tulisan Anda aman.
error-wrong_credentials = Email atau kata sandi tidak cocok.
error-wrong_credentials-tries = Email atau kata sandi tidak cocok. Tersisa { $n } percobaan.
error-deactivated = Akun ini sudah dinonaktifkan. Hubungi tim Gemilang WO.
error-forbidden = Hanya admin yang bisa melakukan ini.
error-foreign_form = Formulir ini sudah kedaluwarsa atau dikirim dari halaman lain. Muat ulang halamannya, lalu kirim lagi.
error-not_found = Halaman ini tidak ada, atau bukan milik akun Anda.
error-lost_race = Orang lain sudah lebih dulu mengubahnya. Perubahan Anda tidak dipakai.
error-id_taken = Nomor kiriman ini sudah dipakai untuk hal lain. Muat ulang halamannya, lalu kirim lagi.
error-voided = Ini sudah ditarik sebelum sampai, jadi tidak dikirim.
error-lost_by_restore = Sudah terkirim, lalu hilang karena server dipulihkan dari cadangan. Kirim lagi bila masih perlu.
error-place_lost = Data server dipulihkan dari cadangan. Semuanya diambil ulang.
error-already_sent = Tulisan yang lama ternyata sudah terkirim. Kirim juga yang baru ini, atau buang.
error-too_many = Di tiket ini sudah sebanyak yang bisa ditampung. Lepas salah satu dulu.
error-ticket_closed = Tiket ini sudah ditutup dan tidak menerima pesan lagi.
error-too_large = Tulisan ini terlalu besar untuk dikirim. Ringkas, lalu coba lagi.
error-validation = Belum terkirim. Lengkapi { $n ->
    [1] satu isian
   *[other] { $n } isian
  } di bawah.
error-desk_too_old = Server memakai versi yang lebih baru. Perbarui aplikasi.
error-throttled = Terlalu banyak percobaan. Coba lagi beberapa menit lagi.
error-throttled-minutes = Terlalu banyak percobaan. Coba lagi dalam { $n } menit.
error-too_many_lines = Terlalu banyak sambungan langsung terbuka sekaligus. Tutup beberapa, lalu muat ulang.
error-rate_limited = Pesan terlalu beruntun. Tunggu beberapa detik.
error-rate_limited-minutes = Terlalu banyak kiriman sekaligus. Coba lagi dalam { $n } menit.
error-unavailable = Layanan sedang tidak bisa dihubungi. Tulisan Anda tersimpan, kami coba lagi sendiri.
error-unknown = Ada yang salah di pihak kami. Coba lagi sebentar lagi.
error-unknown-reference = Ada yang salah di pihak kami. Kode { $id } membantu kami mencarinya.

## What could not be sent from a desk: the item stands beside the words, with what can be done.
unsent-malformed = Server tidak bisa membaca kiriman ini. Ubah lalu kirim lagi, atau buang.
unsent-validation = Server tidak menerima isinya. Ubah lalu kirim lagi, atau buang.
unsent-not_found = Tiket ini sudah tidak ada di server. Salin tulisan Anda bila masih perlu, lalu buang.
unsent-id_taken = Nomor kiriman ini sudah dipakai untuk hal lain. Buang, lalu tulis lagi.
unsent-forbidden = Akun Anda tidak boleh melakukan ini. Minta bantuan admin, atau buang.
unsent-too_large = Tulisan ini terlalu besar untuk dikirim. Ringkas lalu kirim lagi, atau buang.
unsent-unknown = Server beberapa kali gagal memprosesnya. Coba lagi nanti, atau buang.
