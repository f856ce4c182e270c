## The desk's window.

# Sign-in
desk-house = Setiap pasangan dijawab. Tidak ada pesan yang terlewat, juga saat jaringan hilang.
desk-sign-in = Masuk
desk-sign-in-text = Dengan akun staf Gemilang WO.
desk-sign-in-again = Sesi berakhir. Masuk lagi, tulisan Anda aman.
desk-sign-in-back = Kembali
desk-signing-in = Memeriksa…
desk-sign-out = Keluar
desk-server = Alamat server
desk-server-asking = Memeriksa alamat…
desk-server-known = Server dikenali, versi { $version }
desk-show-password = Tampilkan kata sandi
field-server-empty = Isi alamat servernya dulu.
desk-no-keychain = Penyimpanan sandi sistem tidak ditemukan. Anda tetap masuk sampai aplikasi ditutup.
desk-no-alerts = Layanan notifikasi tidak berjalan di komputer ini. Tiket mendesak hanya tampak di jendela ini.

# Faults
desk-error-server-silent = Alamat ini tidak menjawab. Periksa penulisannya.
desk-error-not-our-server = Ini bukan server Gemilang.
desk-error-app-too-old = Server memakai versi yang lebih baru. Perbarui aplikasi.
desk-error-bad-address = Alamat ini belum lengkap. Contoh: https://desk.gemilangwo.id
desk-error-not-here = Tiket ini tidak ada di komputer ini.
desk-error-disk-full = Ruang penyimpanan penuh. Yang sudah terkirim aman; kosongkan ruang untuk terus menulis.
desk-error-replica-damaged = Data di komputer ini rusak dan sedang dimuat ulang. Yang belum terkirim sudah diselamatkan.
desk-needs-newer = { $n } perubahan hanya bisa ditampilkan aplikasi yang lebih baru. Semuanya tersimpan.
desk-partial = Percakapan sebelumnya belum ada di komputer ini
desk-error-unknown = Ada yang salah di aplikasi ini. Coba lagi sebentar lagi.

# Navigation
desk-nav = Navigasi
desk-account = { $initials }, akun { $name }
desk-account-menu = Akun
desk-theme = Tema
desk-theme-light = Terang
desk-theme-dark = Gelap
desk-theme-system = Ikut sistem
desk-language = Bahasa
desk-search-tickets = Cari tiket
desk-search-title = Hasil pencarian
desk-dashboard = Dasbor
desk-inbox = Kotak masuk
desk-view-mine = Tiket saya
desk-view-unassigned = Belum diambil
desk-view-urgent = Mendesak
desk-view-waiting = Menunggu pelanggan
desk-view-active = Semua aktif
desk-view-closed = Baru ditutup
desk-view-all = Semua tiket
desk-outbox = Belum terkirim

# Status line
desk-line-live = Langsung
desk-line-complete = lengkap s.d. { $time }
desk-line-connecting = Menghubungkan…
desk-line-catching-up = Menyusul { $n } dari { $of }
desk-line-first = Sinkronisasi pertama
desk-line-first-of = { $n } dari { $of } tiket
desk-line-offline = Offline sejak { $time }
desk-line-away = Server tidak menjawab sejak { $time }
desk-line-ended = Sesi berakhir
desk-line-ended-way = masuk lagi untuk mengirim
desk-line-signed-out = Belum masuk
desk-line-too-old = Aplikasi perlu diperbarui

# Dashboard
desk-greeting-morning = Selamat pagi, { $name }
desk-greeting-noon = Selamat siang, { $name }
desk-greeting-afternoon = Selamat sore, { $name }
desk-greeting-evening = Selamat malam, { $name }
desk-figure-unassigned = { $n } belum diambil
desk-figure-waiting = { $n } menunggu pelanggan
desk-figure-today = { $n } hari ini
desk-figure-filed = { $n } masuk hari ini
desk-urgent-queue = Antrean mendesak
desk-see-all = Lihat semua
desk-newest = Tiket terbaru
desk-queue-nobody = belum diambil
desk-queue-taken = diambil { $name }
desk-queue-held = balasan Anda ditahan
desk-days-to-event = Hari menuju acara

# List
desk-list = Daftar tiket
desk-tickets = Tiket
desk-unread = { $n } pesan belum dibaca
desk-filter = Saring
desk-filter-drop = Hapus saringan { $name }
desk-filter-clear = Hapus saringan
desk-you-say = Anda:
desk-tag-held = Ditahan
desk-tag-failed = Gagal
desk-tag-queued = Antre
desk-tag-sending = Mengirim…

# Empty
desk-empty-view = Semua sudah dijawab.
desk-empty-view-text = Tiket baru muncul di sini begitu masuk.
desk-empty-urgent = Tidak ada yang mendesak.
desk-empty-closed = Belum ada tiket yang selesai.
desk-empty-all = Belum ada tiket.
desk-empty-filter = Tidak ada yang cocok.
desk-empty-filter-text = Longgarkan saringan.
desk-empty-search = Tidak ditemukan “{ $q }”.
desk-empty-search-text = Coba nama, nomor tiket, atau nomor pesanan.
desk-empty-outbox = Semua terkirim.
desk-choose = Pilih tiket untuk mulai
desk-choose-first = Yang terbaru sudah bisa dibuka, sisanya menyusul.
desk-hint-move = turun, naik
desk-hint-open = buka tiket
desk-hint-search = cari
desk-hint-filter = saring
desk-missing = Tiket ini tidak ada di komputer ini.
desk-missing-text = Mungkin baru saja dibuat; ia muncul begitu sinkronisasi menyusul.

# Ticket
desk-status = Status
desk-priority = Prioritas
desk-category = Kategori
desk-assignee = Petugas
desk-take = Ambil
desk-assign = Alihkan
desk-let-go = Lepas
desk-resolve = Selesaikan
desk-reopen = Buka kembali
desk-open = Buka
desk-details = Rincian
desk-close = Tutup
desk-cancel = Batal
desk-undo = Urungkan
desk-nobody = tidak seorang pun
desk-assigned-to = Dialihkan ke { $name }
desk-menu-numbers = Angka memilih,
desk-menu-back = kembali

# What was just done
desk-said-taken = Tiket Anda ambil
desk-said-assigned = Tiket dialihkan ke { $name }
desk-said-let-go = Tiket dilepas
desk-said-status = Status menjadi { $status }
desk-said-priority = Prioritas menjadi { $priority }
desk-said-undone = Diurungkan
desk-said-discarded = Dibuang, tidak dikirim

# Conversation
desk-conversation = Percakapan
desk-you = Anda
desk-you-object = Anda
desk-unknown-person = Tidak dikenal
desk-new = Baru
desk-news = { $n } pesan baru
desk-note = Catatan internal
desk-sent = Terkirim
desk-read = Dibaca
desk-read-at = Dibaca { $time }

# Changes
desk-event-created = Tiket dibuat di portal
desk-event-follows = Lanjutan dari { $number }
desk-event-message = { $name } menulis pesan
desk-event-note = { $name } menulis catatan
desk-event-read = { $name } membaca
desk-event-voided = { $name } menarik kiriman yang belum sampai
desk-event-taken = { $name } mengambil tiket ini
desk-event-assigned = Dialihkan dari { $from } ke { $to }
desk-event-assigned-first = { $name } mengalihkan tiket ini ke { $to }
desk-event-let-go = { $name } melepas tiket ini
desk-event-status = Status berubah dari { $from } ke { $to }
desk-event-reopened = Dibuka kembali karena pelanggan membalas
desk-event-customer-closed = Pelanggan menutup tiket
desk-event-raised = { $name } menaikkan prioritas dari { $from } ke { $to }
desk-event-lowered = { $name } menurunkan prioritas dari { $from } ke { $to }
desk-event-category = Kategori berubah dari { $from } ke { $to }
desk-event-subject = { $name } mengubah judul menjadi “{ $to }”
desk-event-order = { $name } mengaitkan pesanan { $to }
desk-event-order-off = { $name } melepas pesanan dari tiket ini
desk-trail = Riwayat
desk-trail-all = Semua { $n }
desk-trail-held = Balasan Anda ditahan
desk-trail-taken = { $name } mengambil tiket
desk-trail-change = { $from } ke { $to }
desk-trail-change-by = { $name }: { $from } ke { $to }

# Unsent
desk-state-queued = Antre
desk-state-waits = Antre · dikirim saat tersambung
desk-state-behind = Antre di belakang balasan yang ditahan
desk-state-behind-failed = Antre di belakang balasan yang gagal
desk-state-sending = Mengirim…
desk-state-perhaps = Mungkin sudah terkirim, menunggu kepastian
desk-state-asked-withdraw = Ditarik bila belum terkirim, menunggu kepastian
desk-state-asked-edit = Diubah bila belum terkirim, menunggu kepastian
desk-state-held = Ditahan, belum terkirim
desk-state-held-why = Ditahan: { $why }
desk-held-customer = pelanggan menulis lagi
desk-held-colleague = { $name } lebih dulu menjawab pukul { $time }
desk-failed = Gagal: { $reason }
desk-failed-closed = Gagal: tiket ditutup { $name } pukul { $time }
desk-failed-status = Status sudah diubah { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-failed-priority = Prioritas sudah diubah { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-failed-assigned = Tiket sudah dialihkan { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-edit = Ubah
desk-withdraw = Tarik
desk-discard = Buang
desk-send-again = Kirim ulang
desk-reopen-and-send = Buka kembali dan kirim
desk-discard-title = Buang tulisan ini?
desk-discard-text = Yang belum terkirim tidak bisa dikembalikan.

# Held reply
desk-clash-label = Balasan ditahan
desk-clash-title = Balasan Anda ditahan, belum terkirim
desk-clash-customer = Pelanggan menulis lagi sebelum balasan ini sampai. Periksa, lalu pilih.
desk-clash-colleague = { $name } lebih dulu menjawab pukul { $time }. Periksa, lalu pilih.
desk-clash-waits = Menunggu keputusan Anda tentang balasan di atas.
desk-your-reply = Balasan Anda
desk-written-at = ditulis { $time }
desk-edit-reply = Ubah balasan
desk-send-as-is = Kirim apa adanya

# Composer
desk-write = Tulis
desk-reply = Balas
desk-reply-label = Balasan
desk-reply-placeholder = Tulis balasan…
desk-note-placeholder = Tulis catatan untuk tim…
desk-to-customer = ke { $name } · portal
desk-team-only = Hanya terlihat oleh tim
desk-draft-saved = Draf tersimpan { $time }
desk-queue-until = Antre sampai tersambung
desk-send = Kirim
desk-send-ways = Pilihan kirim
desk-send-wait = Kirim & tunggu pelanggan
desk-send-resolve = Kirim & selesaikan
desk-send-then = Status menjadi { $status }
desk-save-note = Simpan catatan
desk-closed-composer = Tiket ini sudah ditutup. Buka kembali untuk membalas pelanggan.
desk-full-composer = Ruang penyimpanan penuh. Kosongkan ruang untuk terus menulis.

# Side pane
desk-customer-since = Pelanggan sejak { $month }
desk-speaks-id = Bahasa Indonesia
desk-speaks-en = Bahasa Inggris
desk-other-tickets = { $n } tiket lain
desk-other-active = { $n } aktif
desk-wedding-in = { $n } hari lagi
desk-wedding-today = Hari ini
desk-wedding-ago = { $n } hari yang lalu

# Outbox
desk-outbox-decide = Perlu keputusan Anda, { $n }
desk-outbox-queued = Antre, { $n }
desk-outbox-choose = Pilih yang belum terkirim untuk melihat percakapannya
desk-out-reply = Balasan ke { $name }
desk-out-note = Catatan di { $number }
desk-out-status = Status { $number }
desk-out-priority = Prioritas { $number }
desk-out-assign = Petugas { $number }
desk-out-place = Antre nomor { $n }
desk-away-offline = Tidak tersambung sejak { $time }.
desk-away-service = Server tidak menjawab sejak { $time }.
desk-away-text = Semua tersimpan di komputer ini dan dikirim sekali, berurutan, begitu tersambung.
desk-try-now = Coba sekarang
