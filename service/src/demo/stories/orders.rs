//! Stories about the order itself, and everything else: guests, seats, complaints, trouble with the pages.

use gemilang_protocol::{Category, Priority, Status};

use super::super::story::Step::{Close, Give, Note, Read, Reply, Seen, Status as Set, Take, Write};
use super::super::story::{Story, When};

pub(super) const STORIES: &[Story] = &[
    Story {
        customer: "roro",
        order: "GO-2291",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Day(2, 10, 25),
        subject: "Tambahan 40 kursi untuk keluarga dari Solo",
        text: "Selamat pagi, Mbak. Ternyata rombongan dari Solo bertambah 40 orang, naik satu bus. Mohon ditambah kursi dan porsinya. Berapa tambahannya?",
        then: &[(600, Write("Oh ya, untuk yang bus mohon disiapkan sejak pukul 05.00, ya."))],
    },
    Story {
        customer: "roro",
        order: "GO-2291",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Day(3, 20, 0),
        subject: "Revisi undangan: gelar Bapak Suryaningrat",
        text: "Mbak Rina, gelar calon mertua saya di undangan kurang lengkap. Yang benar: Dr. K.R.T. Bimo Suryaningrat, Sp.A. Mohon diperbaiki sebelum naik cetak.",
        then: &[
            (740, Take("rina")),
            (
                15,
                Reply(
                    "rina",
                    "Selamat pagi, Kak Roro. Sudah kami perbaiki dan kami tahan cetaknya dulu. Mohon dicek pratinjaunya, Kak. Kalau sudah benar, kami cetak siang ini.",
                ),
            ),
            (1, Set("rina", Status::WaitingCustomer)),
        ],
    },
    Story {
        customer: "fadhil",
        order: "GO-2304",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Day(10, 15, 20),
        subject: "Tambah 50 porsi untuk panitia",
        text: "Kak, panitia dan pengisi acara belum dihitung di porsi katering. Mohon tambah 50 nasi kotak, diantar pukul 11.00.",
        then: &[
            (20, Take("bagas")),
            (
                6,
                Reply(
                    "bagas",
                    "Siap, Mas Fadhil. 50 nasi kotak Rp1.750.000, masuk ke tagihan pelunasan. Diantar pukul 10.45 ke ruang panitia.",
                ),
            ),
            (35, Read),
            (4, Write("Setuju. Terima kasih, Kak.")),
            (8, Seen("bagas")),
            (1, Set("bagas", Status::Resolved)),
            (4_320, Set("bagas", Status::Closed)),
        ],
    },
    Story {
        customer: "yohanes",
        order: "GO-2322",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Day(6, 12, 0),
        subject: "Ulos hela dan ulos untuk hula-hula, siapa yang menyediakan?",
        text: "Horas. Di paket tertulis 'perlengkapan adat', tetapi tidak rinci. Apakah ulos hela termasuk, atau kami beli sendiri di Balige?",
        then: &[
            (45, Take("siska")),
            (
                20,
                Reply(
                    "siska",
                    "Horas, Pak Yohanes. Ulos hela termasuk satu lembar. Ulos untuk hula-hula dan boru biasanya pilihan keluarga, kami bisa bantu memesankan penenunnya.",
                ),
            ),
            (90, Read),
            (30, Write("Mohon dibantu dipesankan 12 lembar ragi hotang, Kak.")),
            (20, Seen("siska")),
            (15, Note("siska", "Penenun di Laguboti: 12 lembar, siap tiga minggu. DP 50%.")),
            (
                6,
                Reply(
                    "siska",
                    "Sudah kami pesan, siap tiga minggu lagi. Uang mukanya Rp3.600.000, tagihannya menyusul besok.",
                ),
            ),
            (70, Read),
        ],
    },
    Story {
        customer: "bagus",
        order: "GO-2335",
        category: Category::Order,
        priority: Priority::Low,
        filed: When::Day(5, 9, 45),
        subject: "Ganti jumlah tamu dari 350 ke 320",
        text: "Om Swastiastu. Setelah dihitung ulang, tamu kami 320. Apakah selisih 30 porsi bisa dialihkan menjadi dua gubuk jajanan Bali?",
        then: &[
            (30, Take("ayu")),
            (
                25,
                Reply(
                    "ayu",
                    "Om Swastiastu, Bli. Bisa: 30 porsi kami alihkan menjadi gubuk laklak dan gubuk rujak kuah pindang, tanpa biaya tambahan.",
                ),
            ),
            (60, Read),
            (2, Write("Mantap, suksma!")),
            (10, Seen("ayu")),
            (1, Set("ayu", Status::Resolved)),
        ],
    },
    Story {
        customer: "yohana",
        order: "GO-2367",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Minutes(310),
        subject: "Papeda dan ikan kuah kuning masuk menu?",
        text: "Selamat siang. Keluarga ingin papeda dan ikan kuah kuning ada di menu utama, bukan hanya gubuk. Apakah katering di Jayapura sanggup untuk 250 orang?",
        then: &[
            (35, Take("siska")),
            (
                20,
                Reply(
                    "siska",
                    "Selamat siang, Kak Yohana. Sanggup, asal dimasak di tempat karena papeda tidak tahan lama. Saya tanyakan dulu jumlah juru masak yang diperlukan.",
                ),
            ),
            (60, Read),
            (12, Write("Baik, terima kasih. Dapur aula cukup besar, ada enam tungku.")),
        ],
    },
    Story {
        customer: "maria",
        order: "",
        category: Category::Technical,
        priority: Priority::Low,
        filed: When::Day(11, 21, 5),
        subject: "Tidak bisa masuk dari ponsel lama",
        text: "Kak, di ponsel ayah saya halaman masuknya selalu kembali ke awal. Di ponsel saya lancar. Ponselnya memang sudah tua, sekitar tahun 2016.",
        then: &[
            (720, Take("dimas")),
            (
                12,
                Reply(
                    "dimas",
                    "Selamat pagi, Kak Maria. Mohon dicoba: perbarui peramban di ponsel Bapak, lalu buka lagi halamannya. Kalau tanggal di ponsel salah, halaman masuk juga akan kembali ke awal.",
                ),
            ),
            (200, Read),
            (15, Write("Ternyata tanggalnya tahun 2019, Kak. Sekarang sudah bisa. Terima kasih!")),
            (5, Seen("dimas")),
            (1, Set("dimas", Status::Resolved)),
        ],
    },
    Story {
        customer: "hendra",
        order: "GO-2204",
        category: Category::Complaint,
        priority: Priority::High,
        filed: When::Day(18, 8, 20),
        subject: "Dekorasi lamaran tidak sesuai contoh",
        text: "Terus terang kami kecewa. Warna bunga yang disepakati putih dan hijau, yang datang merah muda. Keluarga calon istri sampai bertanya. Mohon penjelasan.",
        then: &[
            (6, Take("rina")),
            (
                9,
                Reply(
                    "rina",
                    "Pak Hendra, kami mohon maaf sebesar-besarnya. Ini kelalaian kami, bukan Bapak. Saya telusuri dulu ke vendor dan sore ini saya menelepon Bapak langsung.",
                ),
            ),
            (30, Read),
            (
                400,
                Note(
                    "rina",
                    "Vendor mengaku salah membaca lembar warna. Sepakat: potongan 30% dan vendor dekorasi resepsi diganti.",
                ),
            ),
            (
                10,
                Reply(
                    "rina",
                    "Seperti pembicaraan tadi, Pak: dekorasi lamaran kami potong 30% dan vendor resepsi kami ganti. Contoh warna berikutnya kami kirim sebagai kain, bukan foto.",
                ),
            ),
            (60, Read),
            (8, Write("Terima kasih atas tanggapannya yang cepat. Kami hargai.")),
            (4, Seen("rina")),
            (1, Set("rina", Status::Resolved)),
            (4_320, Set("rina", Status::Closed)),
        ],
    },
    Story {
        customer: "tenri",
        order: "GO-2342",
        category: Category::Complaint,
        priority: Priority::Medium,
        filed: When::Day(2, 8, 40),
        subject: "Sopir survei terlambat satu jam",
        text: "Tabe, Kak. Kemarin tim survei terlambat satu jam ke Balai Phinisi tanpa kabar. Pengelola gedung sampai menegur kami. Mohon jangan terulang.",
        then: &[
            (15, Take("siska")),
            (
                5,
                Reply(
                    "siska",
                    "Kak Tenri, kami mohon maaf. Mobil tim mogok dan seharusnya kami mengabari. Saya sudah menelepon pengelola gedung untuk meminta maaf juga.",
                ),
            ),
            (30, Read),
            (20, Write("Baik, Kak, terima kasih sudah menelepon beliau.")),
            (9, Seen("siska")),
            (1, Set("siska", Status::Resolved)),
        ],
    },
    Story {
        customer: "farhan",
        order: "GO-2363",
        category: Category::General,
        priority: Priority::Low,
        filed: When::Day(13, 11, 0),
        subject: "Apakah boleh membawa hewan peliharaan?",
        text: "Selamat siang. Kucing kami sudah seperti anak sendiri. Apakah boleh dibawa sebentar untuk foto, sebelum tamu datang?",
        then: &[
            (50, Take("dimas")),
            (
                60,
                Reply(
                    "dimas",
                    "Selamat siang, Pak Farhan. Pengelola gedung mengizinkan di area taman sampai pukul 08.00, dengan kandang. Fotografer dengan senang hati.",
                ),
            ),
            (30, Read),
            (2, Write("Terima kasih, Mas! Namanya Oyen, mohon dicatat di daftar foto 😄")),
            (8, Seen("dimas")),
            (1, Set("dimas", Status::Resolved)),
            (4_000, Close),
        ],
    },
    Story {
        customer: "eka",
        order: "GO-2326",
        category: Category::General,
        priority: Priority::Low,
        filed: When::Minutes(680),
        subject: "Parkir bus untuk tamu dari Klungkung",
        text: "Selamat pagi. Ada dua bus besar dari Klungkung. Apakah Taman Bhagawan punya tempat parkir bus, atau harus turun di jalan utama?",
        then: &[(90, Give("rina", "ayu")), (30, Seen("ayu"))],
    },
    Story {
        customer: "cok",
        order: "GO-2352",
        category: Category::Other,
        priority: Priority::Medium,
        filed: When::Minutes(200),
        subject: "Barang tertinggal saat survei: payung biru",
        text: "Selamat siang, Kak. Payung biru milik ibu tertinggal di mobil survei kemarin. Kalau ada, boleh dibawakan saat hari acara.",
        then: &[
            (20, Take("ayu")),
            (
                10,
                Reply(
                    "ayu",
                    "Selamat siang, Ibu Cok. Payungnya ada di mobil Pak Made, saya bawakan besok pagi bersama seragam keluarga.",
                ),
            ),
            (25, Read),
        ],
    },
    Story {
        customer: "swandewi",
        order: "GO-2356",
        category: Category::Order,
        priority: Priority::Medium,
        filed: When::Day(2, 17, 5),
        subject: "Canang dan banten pengulem, sudah termasuk?",
        text: "Om Swastiastu, Kak. Untuk banten pengulem dan canang sari selama acara, apakah sudah termasuk paket atau keluarga yang membuat?",
        then: &[
            (25, Take("ayu")),
            (
                12,
                Reply(
                    "ayu",
                    "Om Swastiastu, Gek Ayu. Canang sari kami siapkan 60 buah. Banten pengulem biasanya dari serati keluarga, tetapi kami bisa pesankan di Ubud.",
                ),
            ),
            (40, Read),
            (30, Write("Dipesankan saja, Kak. Ibu sudah sepuh, kasihan kalau membuat sendiri.")),
            (12, Seen("ayu")),
            (
                5,
                Reply(
                    "ayu",
                    "Baik, sudah saya pesankan ke Jero Serati di Peliatan. Biayanya saya kirim nanti malam, ya.",
                ),
            ),
            (50, Read),
        ],
    },
];
