## Mails about the account. Every mail: subject, lead, button (when it has a link), after.

mail-greeting = Halo { $name },
mail-paste = Tombolnya tidak jalan? Salin alamat ini ke peramban:
mail-valid = Tautan ini hanya bisa dipakai satu kali dan berlaku { $span }.
mail-why = Email ini dikirim otomatis karena alamat ini dipakai di akun Gemilang WO. Balasan ke alamat ini tidak terbaca.
mail-house = Gemilang WO · Bantuan pelanggan
mail-fact-device = Perangkat
mail-fact-when = Waktu
span-minutes = { $n } menit
span-hours = { $n } jam
span-days = { $n } hari
device-unknown = Perangkat tidak dikenal

mail-confirm-subject = Konfirmasi alamat email Anda
mail-confirm-lead = Satu langkah lagi: pastikan alamat ini milik Anda. Setelah itu pesanan Anda tampil di akun.
mail-confirm-button = Konfirmasi email
mail-confirm-after = Tidak merasa mendaftar? Buka tautan di atas dan pilih “Bukan saya”. Alamat Anda kami lepaskan dari akun itu.

mail-sign_in-subject = Tautan untuk masuk
mail-sign_in-lead = Pakai tombol ini untuk masuk ke akun Anda tanpa kata sandi.
mail-sign_in-button = Masuk
mail-sign_in-after = Tidak merasa meminta? Abaikan saja email ini, dan jangan teruskan tautannya kepada siapa pun.

mail-reset-subject = Buat kata sandi baru
mail-reset-lead = Anda meminta kata sandi baru. Pakai tombol ini untuk memilihnya.
mail-reset-button = Pilih kata sandi baru
mail-reset-after = Tidak merasa meminta? Abaikan saja email ini. Kata sandi lama tetap berlaku.

mail-new_sign_in-subject = Akun Anda dibuka di perangkat baru
mail-new_sign_in-lead = Akun Anda baru saja dipakai masuk di peramban yang belum pernah dipakai sebelumnya.
mail-new_sign_in-button = Lihat perangkat saya
mail-new_sign_in-after = Kalau ini Anda, tidak perlu berbuat apa-apa. Kalau bukan, ganti kata sandi dan akhiri sesi itu di Preferensi, bagian Kata sandi dan perangkat.

mail-greeting-nobody = Halo,
mail-fact-ticket = Tiket
mail-fact-order = Pesanan
mail-why-invited = Email ini dikirim karena seorang pelanggan Gemilang WO menulis alamat ini untuk berbagi. Balasan ke alamat ini tidak terbaca.

mail-invitation-subject = { $name } mengajak Anda melihat tiket bersama
mail-invitation-lead = { $name } ingin Anda ikut membaca dan menjawab percakapan dengan Gemilang WO. Setelah diterima, tiketnya tampil di akun Anda.
mail-invitation-button = Lihat undangan
mail-invitation-after = Tidak mengenalnya? Abaikan saja email ini, tidak ada yang dibagikan.

mail-why-staff = Email ini dikirim karena seorang admin Gemilang WO mengundang alamat ini ke timnya. Balasan ke alamat ini tidak terbaca.
mail-staff-subject = { $name } mengundang Anda ke tim Gemilang WO
mail-staff-lead = { $name } mengajak Anda ikut menjawab pelanggan di Gemilang Desk. Pilih nama dan kata sandi Anda untuk bergabung.
mail-staff-button = Gabung dengan tim
mail-staff-after = Tidak mengenalnya? Abaikan saja email ini.
