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
desk-alerts-denied = Izin notifikasi Gemilang Desk dicabut di sistem. Tiket mendesak hanya tampak di jendela ini.

# Faults
desk-error-server-silent = Alamat ini tidak menjawab. Periksa penulisannya.
desk-error-not-our-server = Ini bukan server Gemilang.
desk-error-app-too-old = Server memakai versi yang lebih baru. Perbarui aplikasi.
desk-too-old = Aplikasi ini perlu diperbarui: server memakai versi yang lebih baru. Yang belum terkirim aman dan dikirim setelahnya.
desk-error-bad-address = Alamat ini belum lengkap. Contoh: https://desk.gemilangwo.id
desk-error-not-here = Tiket ini tidak ada di komputer ini.
desk-error-disk-full = Ruang penyimpanan penuh. Yang sudah terkirim aman; kosongkan ruang untuk terus menulis.
desk-error-replica-damaged = Data di komputer ini rusak dan sedang dimuat ulang. Yang belum terkirim sudah diselamatkan.
desk-error-replica-broken = Data di komputer ini rusak. Tutup lalu buka lagi aplikasi untuk memuatnya ulang; yang belum terkirim aman.
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
desk-search-title = Hasil pencarian
desk-search-label = Cari nama, nomor, judul, atau isi pesan
desk-search-start = Cari apa saja di komputer ini
desk-search-start-text = Nama pelanggan, nomor tiket atau pesanan, judul, pesan, dan catatan.
desk-search-lately = Pencarian terakhir
desk-search-here = Di komputer ini
desk-search-here-count = { $n } tiket, { $time } dtk
desk-search-here-some = { $n } terbaru dari { $of } tiket, { $time } dtk
desk-search-here-none = Tidak ada di komputer ini.
desk-search-old = Percakapan lama
desk-search-old-count = { $n } dari server, tidak disimpan di komputer ini
desk-search-old-none = tidak ada lagi di server
desk-search-old-offline = dicari saat tersambung
desk-search-old-silent = server tidak menjawab pencarian ini
desk-search-old-short = dicari di server mulai 3 huruf
desk-search-old-asking = mencari di server…
desk-search-from-service = dari server
desk-search-note-by = Catatan { $name }
desk-search-hint-choose = pilih
desk-search-hint-open = buka di kata yang cocok
desk-search-narrow = Persempit:
desk-search-without = tidak memuat
desk-search-exact = kata persis
desk-search-found-in = Ditemukan di
desk-search-me = Saya
desk-search-old-only-here = tidak dicari: yang diminta hanya ada di komputer ini
desk-search-old-loosely = { $n } dari server; kata persis dan -kata tidak diperiksa di sana
desk-found-customer = Pesan pelanggan
desk-found-team = Pesan tim
desk-found-note = Catatan internal
desk-found-subject = Judul
desk-op-mine = petugas:saya
desk-op-status = status:aktif
desk-op-event = acara:30h
desk-op-urgent = prioritas:mendesak
desk-op-unread = ada:belum-dibaca
desk-op-since = sejak:7h
desk-ask-offers = Kemungkinan isian
desk-ask-unknown = “{ $name }:” tidak dikenal, jadi dicari sebagai kata biasa. Yang ada: { $known }
desk-ask-value = “{ $value }” tidak ada pada { $name }:, jadi tidak dipakai. Pilih: { $values }
desk-ask-empty = Tulis isinya langsung setelah titik dua, misalnya { $example }
desk-ask-day = “{ $value }” bukan tanggal, jadi tidak dipakai. Contoh: { $example }
desk-ask-turned = Tanda - hanya untuk kata, tidak untuk { $name }:
desk-ask-nobody = Tidak ada petugas bernama “{ $name }”.
desk-chip-active = Aktif
desk-chip-without = Tanpa { $word }
desk-chip-from = Dari { $name }
desk-chip-venue = Venue { $name }
desk-chip-event = Acara { $day }
desk-chip-event-until = Acara s.d. { $day }
desk-chip-since = Sejak { $day }
desk-chip-until = Masuk s.d. { $day }
desk-chip-unread = Belum dibaca
desk-chip-unsent = Belum terkirim
desk-chip-held = Ditahan
desk-chip-failed = Gagal terkirim
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
desk-line-disk-full = Ruang penyimpanan penuh

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
desk-list-news = { $n } tiket baru
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
desk-empty-outbox-text = Yang ditulis tanpa jaringan menunggu di sini.
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
desk-save = Simpan
desk-undo = Urungkan
desk-nobody = tidak seorang pun
desk-assigned-to = Dialihkan ke { $name }
desk-taken-by-you = Anda ambil
desk-menu-numbers = Angka memilih,
desk-menu-back = kembali

# What was just done
desk-said-taken = Tiket Anda ambil
desk-said-assigned = Tiket dialihkan ke { $name }
desk-said-let-go = Tiket dilepas
desk-said-status = Status menjadi { $status }
desk-said-priority = Prioritas menjadi { $priority }
desk-said-undone = Diurungkan
desk-said-withdrawn = Ditarik, tidak dikirim
desk-said-discarded = Dibuang, tidak dikirim
desk-said-too-late = Sudah terkirim, jadi tidak bisa diubah lagi
desk-said-sent-anyway = Yang ingin Anda tarik di { $number } ternyata sudah terkirim
desk-said-still-full = Ruang penyimpanan masih penuh
desk-said-edit-kept = Tulisan yang lama sudah terkirim. Yang baru ada di kotak tulis

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
desk-event-shared = { $name } membagikan tiket ini kepada { $with }
desk-event-unshared = { $name } mengakhiri berbagi dengan { $with }
desk-event-erased = Tulisan dihapus atas permintaan pelanggan
desk-trail = Riwayat
desk-trail-all = Semua { $n }
desk-trail-held = Balasan Anda ditahan
desk-trail-taken = { $name } mengambil tiket
desk-trail-change = { $from } ke { $to }
desk-trail-change-by = { $name }: { $from } ke { $to }

# Unsent
desk-state-queued = Antre
desk-state-waits = Antre · dikirim saat tersambung
desk-state-waits-session = Antre · dikirim setelah Anda masuk lagi
desk-state-waits-update = Antre · dikirim setelah aplikasi diperbarui
desk-state-behind = Antre di belakang balasan yang ditahan
desk-state-behind-failed = Antre di belakang balasan yang gagal
desk-state-behind-changed = Antre di belakang tulisan yang sedang diubah
desk-state-behind-unsure = Antre di belakang yang menunggu jawaban server
desk-state-changing = Sedang diubah, belum dikirim
desk-state-sending = Mengirim…
desk-state-perhaps = Mungkin terkirim, menunggu kepastian
desk-state-asked-withdraw = Menunggu jawaban server · ditarik bila belum terkirim
desk-state-asked-edit = Menunggu jawaban server · diganti bila belum terkirim
desk-state-sent-anyway = Terkirim sebelum sempat ditarik
desk-state-held = Ditahan, belum terkirim
desk-state-held-why = Ditahan: { $why }
desk-held-customer = pelanggan menulis lagi
desk-held-colleague = { $name } lebih dulu menjawab pukul { $time }
desk-failed = Gagal: { $reason }
desk-failed-closed = Gagal: tiket ditutup { $name } pukul { $time }
desk-failed-status = Status sudah diubah { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-failed-priority = Prioritas sudah diubah { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-failed-assigned = Tiket sudah dialihkan { $name } ke { $to } pukul { $time }. Perubahan Anda tidak dipakai.
desk-failed-taken = Sudah diambil { $name } pukul { $time }. Perubahan Anda tidak dipakai.
desk-edit = Ubah
desk-edit-on = Lanjut mengubah
desk-leave-edit = Batalkan perubahan
desk-withdraw = Tarik
desk-discard = Buang
desk-send-again = Kirim ulang
desk-send-too = Kirim juga
desk-send-all = Kirim semua
desk-apply = Tetap ubah
desk-reopen-and-send = Buka kembali dan kirim
desk-discard-title = Buang tulisan ini?
desk-discard-text = Teksnya tidak bisa dikembalikan.
desk-withdraw-title = Tarik tulisan ini?
desk-leave-edit-title = Buang perubahan ini?
desk-leave-edit-text = Tulisan yang semula tetap ada.

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
desk-edit-waits = Tidak dikirim selama Anda mengubahnya
desk-edit-reply-label = Ubah balasan yang belum terkirim
desk-edit-note-label = Ubah catatan yang belum terkirim

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
desk-outbox-sent = Terkirim hari ini, { $n }
desk-sent-today = Terkirim hari ini: { $n }
desk-show-sent = Lihat yang terkirim
desk-hide-sent = Sembunyikan yang terkirim
desk-outbox-choose = Pilih yang belum terkirim untuk melihat percakapannya
desk-out-reply = Balasan ke { $name }
desk-out-note = Catatan di { $number }
desk-out-status = Status { $number }
desk-out-priority = Prioritas { $number }
desk-out-assign = Petugas { $number }
desk-out-place = Antre nomor { $n }
desk-out-place-after = Antre nomor { $n }, setelah balasan di atas
desk-away-offline = Tidak ada jaringan sejak { $time }.
desk-away-service = Server tidak menjawab sejak { $time }.
desk-away-text = Semua tersimpan di komputer ini dan dikirim sekali, berurutan, begitu tersambung.
desk-away-next = Mencoba lagi dalam { $seconds } dtk.
desk-away-now = Mencoba lagi…
desk-try-now = Coba sekarang

# Alerts
desk-alerts = Notifikasi
desk-alerts-text = Yang mendesak berdering tiap 60 detik sampai ada yang mengambil.
desk-alerts-when = Kapan diberi tahu
desk-alerts-reason = Alasan
desk-alerts-level = Tingkat
desk-alerts-held = Kapan diredam
desk-alerts-held-text = Hanya bila jendela ini aktif, tiketnya terlihat di layar, dan ada ketikan atau gerakan tetikus dalam 60 detik terakhir. Lima pesan beruntun menjadi satu notifikasi.
desk-level-critical = Kritis
desk-level-critical-text = Tetap tampil sampai ditanggapi
desk-level-normal = Biasa
desk-level-normal-text = Hilang sendiri setelah sebentar
desk-alerts-sound = Bunyi
desk-sound-gong = Gong
desk-sound-gender = Gender
desk-sound-kecrek = Kecrek
desk-sound-none = Tanpa bunyi
desk-sound-of = Bunyi { $reason }: { $sound }
desk-level-of = Tingkat { $reason }: { $level }
desk-reason-new_urgent = Tiket mendesak baru
desk-reason-became_urgent = Tiket menjadi mendesak
desk-reason-let_go = Tiket mendesak dilepas
desk-reason-message_mine = Pesan pelanggan di tiket saya
desk-reason-message_unassigned = Pesan di tiket yang belum diambil
desk-reason-assigned_to_me = Tiket dialihkan ke saya
desk-reason-held_reply = Balasan saya ditahan
desk-reason-quiet_over = Ringkasan jam tenang
desk-reason-test = Uji notifikasi
desk-duty-on = Bertugas
desk-duty-off = Lepas jaga
desk-duty-paused = Dijeda sampai { $time }
desk-duty-paused-short = Jeda { $time }
desk-duty-nobody = Tidak ada yang bertugas: semua orang diberi tahu.
desk-pause-hour = Jeda 1 jam
desk-pause-end = Akhiri jeda
desk-ringer = { $number } berdering
desk-ringer-said = Mendesak: { $subject }, dari { $customer }. Tekan T untuk mengambil.
desk-ringer-round = Berdering { $time } · putaran { $round } dari { $of }
desk-ringer-all = Berdering { $time } · semua admin dipanggil
desk-ringer-more = { $n } lagi

# Quiet hours
desk-quiet = Jam tenang
desk-quiet-from = Dari
desk-quiet-to = sampai
desk-quiet-from-label = Mulai jam tenang
desk-quiet-to-label = Selesai jam tenang
desk-quiet-every = { $zone }, setiap hari
desk-quiet-urgent = Yang mendesak tetap berdering
desk-quiet-summary = Satu ringkasan pukul { $time }
desk-quiet-silent = Selama jam tenang Anda tidak dihitung bertugas, supaya yang mendesak memanggil orang lain.
desk-quiet-not-a-time = Tulis jamnya seperti 20:00.
desk-quiet-same = Mulai dan selesai tidak boleh sama.

# The self-test
desk-test = Uji notifikasi
desk-test-all = Uji semua
desk-test-try = Uji
desk-test-of = Uji { $path }
desk-test-never = Belum diuji
desk-test-hushed = Mode fokus sistem aktif. Notifikasi mungkin tidak tampil.
desk-test-missing = Layanan notifikasi tidak berjalan di komputer ini. Begitu berjalan, notifikasi tampil lagi dengan sendirinya.
desk-test-denied = Izin notifikasi dicabut. Izinkan Gemilang Desk di pengaturan notifikasi sistem.
desk-path-pop_up = Pop-up
desk-path-click = Klik
desk-path-sound = Bunyi
desk-path-badge = Lencana
desk-path-tray = Baki sistem
desk-saw-shown = Tampil dalam { $seconds } dtk, { $time }
desk-saw-works-pop_up = Tampil
desk-saw-works-click = Jendela ini terbuka
desk-saw-works-sound = Gender diputar
desk-saw-works-badge = Angkanya terlihat
desk-saw-works-tray = Ikon dan menu siap
desk-saw-missing = Layanan notifikasi tidak berjalan di komputer ini
desk-saw-asks = Apakah angka { $n } terlihat?
desk-saw-waits = Klik pop-up yang baru tampil
desk-saw-opened = Membuka tiket yang benar
desk-saw-not-clicked = Pop-up hilang tanpa diklik
desk-saw-not-seen = Tidak terlihat
desk-saw-hushed = Mode fokus sistem aktif
desk-saw-denied = Izin notifikasi dicabut. Buka pengaturan sistem
desk-yes = Ya
desk-no = Tidak

# What became of alerts
desk-ledger = Riwayat
desk-ledger-days = 30 hari
desk-ledger-all = Semua hasil
desk-ledger-filter = Hasil
desk-ledger-seek = Cari di riwayat
desk-ledger-seek-hint = Nomor, judul, atau pelanggan
desk-ledger-older = Lebih lama
desk-ledger-burst = { $n } pesan pelanggan
desk-ledger-again = Diulang { $time }, putaran { $n }.
desk-ledger-round = Putaran { $n }.
desk-ledger-withdrawn = Ditarik { $time }: { $why }
desk-empty-ledger = Belum ada notifikasi 30 hari ini.
desk-empty-ledger-filter = Pilih hasil lain atau ubah kata pencarian.
desk-result-shown = Tampil
desk-result-ringing = Berdering
desk-result-clicked = Diklik
desk-result-clicked-seconds = Diklik, { $n } dtk
desk-result-clicked-minutes = Diklik, { $n } mnt
desk-result-held_back = Diredam
desk-result-grouped = Digabung
desk-result-withdrawn = Ditarik
desk-result-not_shown = Gagal tampil
desk-why-on-duty-urgent = Mendesak dan belum diambil; Anda bertugas.
desk-why-on-duty = Belum diambil; Anda bertugas.
desk-why-nobody = Tidak ada yang bertugas, jadi semua dipanggil.
desk-why-admins = Belum diambil setelah tiga putaran; semua admin dipanggil.
desk-why-yours = Tiket Anda.
desk-why-holder-off = Dipegang { $name } yang sedang lepas jaga.
desk-why-reading = Tiket ini sedang Anda baca: jendela aktif, ketikan { $n } detik lalu.
desk-why-paused = Dijeda sampai { $time }.
desk-why-off-duty = Anda lepas jaga.
desk-why-switched-off = Alasan ini Anda matikan.
desk-why-late = Baru diterima { $n } menit kemudian, saat menyusul.
desk-why-burst = Beruntun dalam { $n } detik.
desk-why-taken = diambil { $name }.
desk-why-rings = tiketnya kini berdering.
desk-why-ended = tiketnya selesai.
desk-why-calmed = tidak mendesak lagi.
desk-why-read = sudah dibaca { $name }.
desk-why-answered = sudah dijawab { $name }.
desk-why-moved = Percakapan berlanjut sebelum balasan terkirim.
desk-why-put-off = Ditampilkan lagi setelah ditunda.
desk-why-daemon-back = Ditampilkan lagi; notifikasi sudah bisa tampil di komputer ini.
desk-why-asked = Anda mengujinya.
desk-why-quiet = Jam tenang { $from }–{ $to }.
desk-why-quiet-summary = Jam tenang { $from }–{ $to }; masuk ringkasan.
desk-why-through-quiet = Menembus jam tenang.
desk-why-snoozed = Anda tunda sampai { $time }.
desk-why-decided = sudah Anda putuskan.
desk-why-focus-mode = Mode fokus sistem aktif.
desk-why-denied = Izin notifikasi dicabut di sistem.
desk-why-no-daemon = Layanan notifikasi tidak berjalan di komputer ini.

# This computer
desk-here-start = Mulai saat masuk ke komputer
desk-here-start-text = Terbuka di baki sistem, notifikasi langsung siap.
desk-here-stay = Tetap jalan saat jendela ditutup
desk-here-stay-by = Keluar lewat ikon baki atau

# Links
desk-link-not-here = Tiket { $number } tidak ada di komputer ini.
desk-link-unknown = Tautan ini tidak dikenali. Semua tiket ada di sini.

# Company
desk-is-looking = melihat
desk-is-typing = mengetik
desk-looks = { $name } melihat
desk-types = { $name } mengetik
desk-to-customer-here = ke { $name } · sedang membuka percakapan

# Taking back a reply
desk-said-sending = Terkirim dalam { $seconds } detik
desk-said-send-undone = Batal dikirim. Tulisannya kembali di kotak tulis
desk-state-leaves = Terkirim sebentar lagi
desk-undo-send = Jeda sebelum terkirim
desk-undo-seconds = { $seconds ->
    [0] Tanpa jeda
   *[other] { $seconds } detik
}
desk-undo-send-foot = Tanpa jeda selama pelanggan membuka percakapan
desk-set-undo-text = Selama itu balasan masih bisa dibatalkan. Tanpa jeda bila pelanggan sedang membaca.

# Palette
desk-find = Cari atau perintah
desk-find-results = Hasil
desk-find-recent = Tiket terakhir
desk-find-tickets = Tiket, { $n } cocok
desk-find-everywhere = Cari “{ $q }” di semua pesan
desk-find-go = Pergi ke
desk-find-do = Perintah
desk-find-nothing = Tidak ada yang cocok.
desk-find-run = jalankan
desk-find-begin = Awali
desk-find-only-deeds = perintah saja,
desk-find-only-tickets = tiket
desk-do-search = Cari di semua pesan
desk-do-details = Rincian di samping
desk-do-filter = Saring daftar
desk-do-take = Ambil tiket ini
desk-do-assign = Alihkan ke rekan…
desk-do-let-go = Lepas tiket ini
desk-do-status = Ubah status…
desk-do-resolve = Selesaikan tiket ini
desk-do-in-progress = Status: diproses
desk-do-waiting = Status: menunggu pelanggan
desk-do-close = Tutup tiket ini
desk-do-reopen = Buka kembali tiket ini
desk-do-priority = Ubah prioritas…
desk-do-urgent = Prioritas: mendesak
desk-do-high = Prioritas: tinggi
desk-do-medium = Prioritas: sedang
desk-do-low = Prioritas: rendah
desk-do-reply = Balas pelanggan
desk-do-note = Tulis catatan internal
desk-do-edit = Ubah balasan yang belum terkirim
desk-do-send = Kirim yang ditulis
desk-do-send-wait = Kirim, lalu tunggu pelanggan
desk-do-send-resolve = Kirim balasan, lalu selesaikan
desk-do-undo = Urungkan yang terakhir
desk-do-duty-on = Mulai bertugas
desk-do-duty-off = Lepas jaga
desk-do-sync = Coba sambungkan sekarang
desk-do-light = Tema terang
desk-do-dark = Tema gelap
desk-do-system = Tema ikut sistem
desk-do-indonesian = Bahasa Indonesia
desk-do-english = Bahasa Inggris
desk-do-quit = Keluar dari aplikasi

# Picked tickets
desk-picks = Tiket terpilih
desk-picks-count = { $n } dipilih
desk-picks-title = { $n } tiket dipilih
desk-picks-none = Batal pilih
desk-said-picked-most = { $n } tiket dipilih, paling banyak sekaligus
desk-said-many-taken = { $n } tiket Anda ambil
desk-said-many-assigned = { $n } tiket dialihkan ke { $name }
desk-said-many-let-go = { $n } tiket dilepas
desk-said-many-resolved = { $n } tiket ditandai selesai
desk-said-many-status = { $n } tiket menjadi { $status }
desk-said-many-priority = Prioritas { $n } tiket menjadi { $priority }
desk-key-pick = Pilih tiket
desk-key-pick-on = Pilih beruntun
desk-key-pick-all = Pilih semua
desk-do-pick = Pilih tiket ini
desk-do-pick-all = Pilih semua tiket di daftar

# Order of the list
desk-sort = Urutkan
desk-sort-latest = Aktivitas terbaru
desk-sort-waiting = Paling lama menunggu
desk-sort-filed = Terbaru dibuat
desk-sort-priority = Prioritas tertinggi
desk-do-sort = Urutkan daftar

# Sheet of keys
desk-keys = Pintasan
desk-keys-find = Cari pintasan
desk-keys-none = Tidak ada pintasan yang cocok.
desk-keys-letters = Huruf tunggal bekerja di luar kotak tulis.
desk-keys-back = di kotak tulis mengembalikannya.
desk-keys-moving = Berpindah
desk-keys-list = Daftar
desk-keys-ticket = Tiket
desk-keys-general = Umum
desk-keys-writing = Menulis
desk-keys-sending = Mengirim
desk-key-move = Turun, naik
desk-key-ends = Awal, akhir daftar
desk-key-open = Buka tiket
desk-key-back = Kembali
desk-key-search = Cari
desk-key-views = Tampilan 1 sampai 7
desk-key-details = Rincian di samping
desk-key-edit = Ubah balasan yang ditahan
desk-key-leave = Tinggalkan kotak tulis
desk-key-keys = Lembar ini

# Settings
desk-settings = Pengaturan
desk-set-general = Umum
desk-set-account = Akun
desk-set-appearance = Tampilan
desk-set-about = Tentang
desk-set-server = Server
desk-set-server-version = tersambung, versi { $version }
desk-set-server-on = tersambung
desk-set-server-off = tidak tersambung
desk-set-server-change = Ganti server
desk-set-server-ask = Ganti server?
desk-set-leave-ask = Keluar sekarang?
desk-set-leave-text = { $n } yang belum terkirim tetap tersimpan di komputer ini dan dikirim begitu Anda masuk lagi.
desk-set-password-text = Semua sesi lain berakhir begitu kata sandi diganti.
desk-set-password-busy = Mengganti…
desk-set-needs-line = Server tidak menjawab. Coba lagi saat tersambung.
desk-set-sessions = Sesi aktif
desk-set-devices = { $n } perangkat
desk-set-session-since = masuk sejak { $when }
desk-set-session-seen = terakhir aktif { $when }
desk-set-session-end = Akhiri sesi
desk-set-session-end-of = Akhiri sesi { $name }
desk-set-session-ending = Mengakhiri…
desk-set-size = Ukuran teks
desk-set-size-text = Mengubah semua tulisan dan jarak.
desk-set-size-and = dan
desk-set-size-too = juga bisa.
desk-set-contrast = Kontras tinggi
desk-set-contrast-text = Garis dan tulisan lebih tegas, juga bila sistem tidak memintanya.
desk-set-motion = Kurangi gerakan
desk-set-motion-text = Dering hanya lewat warna dan angka.
desk-set-kept = { $n } tiket disimpan di komputer ini, { $size }
desk-set-copy = Salin info untuk dukungan
desk-said-copied = Info sudah disalin. Tidak ada nama atau pesan di dalamnya.
desk-said-not-copied = Info tidak bisa disalin di komputer ini.
desk-said-password = Kata sandi sudah diganti. Sesi lain berakhir.
desk-said-session-ended = Sesi sudah diakhiri.
desk-said-sessions-ended = Semua sesi lain sudah diakhiri.

# Snooze, and replies that are sent later
desk-view-snoozed = Ditunda
desk-snooze = Tunda
desk-snooze-until = Tunda sampai
desk-snoozed-until = Ditunda sampai { $time }
desk-snoozed-until-reply = Ditunda sampai dibalas
desk-wake = Tampilkan lagi
desk-do-snooze = Tunda tiket ini…
desk-said-snoozed = Ditunda sampai { $time }
desk-said-snoozed-until-reply = Ditunda sampai pelanggan membalas
desk-said-woken = Tidak ditunda lagi
desk-when = Waktu
desk-when-placeholder = besok 9 pagi
desk-when-often = Sering dipakai
desk-when-next-day = besok { $time }
desk-when-hour = 1 jam lagi
desk-when-tomorrow = Besok pagi
desk-when-monday = Senin pagi
desk-when-before-event = Sehari sebelum acara
desk-when-until-reply = Sampai dibalas
desk-when-endless = tanpa batas
desk-when-unclear = Waktunya belum jelas. Contoh: besok 9 pagi, Senin, 2 jam lagi.
desk-when-passed = Waktu itu sudah lewat.
desk-when-too-far = Paling lama satu tahun.
desk-send-later = Kirim nanti
desk-send-later-more = Kirim nanti…
desk-send-later-text = Ditahan bila pelanggan menulis lebih dulu
desk-said-later = Akan dikirim { $time }
desk-later-at = Akan dikirim { $time }
desk-later-now = Kirim sekarang
desk-later-called-off = Pengiriman terjadwal ditarik
desk-later-held-customer = Ditahan, belum terkirim: pelanggan menulis lebih dulu
desk-later-held-colleague = Ditahan, belum terkirim: rekan lebih dulu menjawab
desk-later-held-author = Ditahan, belum terkirim: akun penulisnya sudah dinonaktifkan
desk-event-snoozed = { $name } menunda tiket ini sampai { $time }
desk-event-snoozed-until-reply = { $name } menunda tiket ini sampai dibalas
desk-event-woken = Waktunya kembali untuk { $name }
desk-event-woken-asked = { $name } tidak menunda tiket ini lagi
desk-event-woken-replied = Kembali untuk { $name }, karena pelanggan membalas
desk-event-send-later = { $name } menjadwalkan balasan untuk { $time }
desk-event-called-off = { $name } menarik balasan terjadwal
desk-event-held-back = Balasan terjadwal dari { $name } ditahan
desk-out-later = Balasan terjadwal untuk { $name }
desk-out-call-off = Tarik balasan terjadwal untuk { $name }
desk-out-snooze = Tunda { $number }
desk-reason-snooze_due = Tiket yang saya tunda kembali
desk-reason-later_held = Balasan terjadwal saya ditahan

# Team
desk-set-admins = Khusus admin
desk-team = Tim
desk-team-count = { $n } orang, { $m } bertugas
desk-team-admins = Hanya untuk admin
desk-team-name = Nama
desk-team-role = Peran
desk-team-duty = Jaga
desk-team-active = Aktif
desk-team-seen = Terakhir terlihat
desk-team-never = belum pernah
desk-team-inactive = Nonaktif
desk-team-role-of = Peran { $name }: { $role }
desk-team-role-agent = Menjawab tiket.
desk-team-role-admin = Menjawab tiket, mengatur tim dan jam buka.
desk-team-deeds = Tindakan untuk { $name }
desk-team-see = Lihat { $n } tiketnya
desk-team-off-duty = Jadikan lepas jaga
desk-team-end-sessions = Akhiri semua sesi
desk-team-deactivate = Nonaktifkan…
desk-team-activate = Aktifkan lagi
desk-team-goodbye = Nonaktifkan { $name }?
desk-team-goodbye-tickets = { $n ->
    [0] Tidak ada tiket yang sedang ia tangani.
   *[other] { $n } tiketnya kembali ke Belum diambil.
}
desk-team-goodbye-stays = { $sessions ->
    [0] Pesan dan catatan { $name } tetap ada, dan akunnya bisa diaktifkan lagi.
    [1] Sesinya berakhir sekarang. Pesan dan catatan { $name } tetap ada, dan akunnya bisa diaktifkan lagi.
    [2] Kedua sesinya berakhir sekarang. Pesan dan catatan { $name } tetap ada, dan akunnya bisa diaktifkan lagi.
    [3] Ketiga sesinya berakhir sekarang. Pesan dan catatan { $name } tetap ada, dan akunnya bisa diaktifkan lagi.
   *[other] Semua sesinya ({ $sessions }) berakhir sekarang. Pesan dan catatan { $name } tetap ada, dan akunnya bisa diaktifkan lagi.
}
desk-team-goodbye-yes = Nonaktifkan
desk-team-released = { $n } tiket { $name } kembali ke Belum diambil
desk-team-last-admin = Paling sedikit satu admin harus tetap ada.
desk-team-invite = Undang
desk-team-invite-text = Undangan dikirim ke alamat ini dan berlaku 7 hari.
desk-team-invite-send = Kirim undangan
desk-team-inviting = Mengirim…
desk-team-email-taken = Alamat ini sudah punya akun.
desk-team-invited = { $n ->
    [1] Diundang { $name }, berlaku sehari lagi
   *[other] Diundang { $name }, berlaku { $n } hari lagi
}
desk-team-invited-over = Diundang { $name }, sudah tidak berlaku
desk-team-waiting = Menunggu
desk-team-over = Kedaluwarsa
desk-team-resend = Kirim ulang
desk-team-withdraw = Tarik undangan
desk-team-withdraw-of = Tarik undangan untuk { $email }
desk-said-invited = Undangan dikirim ke { $email }.
desk-said-uninvited = Undangan ditarik.
desk-said-role = Peran { $name } diubah.
desk-said-off-duty = { $name } kini lepas jaga.
desk-said-member-sessions = Semua sesi { $name } diakhiri.
desk-said-deactivated = { $name } dinonaktifkan.
desk-said-activated = { $name } bisa masuk lagi.

# Opening hours
desk-hours = Jam buka
desk-hours-closed = Tutup
desk-hours-opens = { $day }: buka
desk-hours-closes = { $day }: tutup
desk-hours-is-open = { $day } buka
desk-hours-exceptions = Pengecualian
desk-hours-add = Tambah tanggal
desk-hours-add-it = Tambah
desk-hours-date = Tanggal
desk-hours-note = Nama hari, misalnya Hari Natal
desk-hours-from = Buka dari
desk-hours-to = Buka sampai
desk-hours-empty-closed = Jam kosong berarti tutup.
desk-hours-remove = Hapus { $what }
desk-hours-no-exceptions = Belum ada hari libur atau jam khusus.
desk-hours-foot = Di luar jam buka pelanggan diberi tahu kapan tim menjawab. Tiket mendesak tetap berdering pada yang bertugas.
desk-hours-not-a-time = Tulis jam seperti 08:00.
desk-hours-backwards = Jam tutup harus sesudah jam buka.
desk-hours-no-date = Tulis tanggal seperti 25/12 atau 25/12/2026.
desk-hours-date-past = Tanggal itu sudah lewat.
desk-hours-date-taken = Tanggal ini sudah ada.
desk-hours-note-long = Namanya paling panjang 80 huruf.
