//! Stories about hours: ceremonies that move, rehearsals, running orders.

use gemilang_protocol::{Category, Priority, Status};

use super::super::story::Step::{Close, Give, Note, Priority as Raise, Read, Reply, Seen, Status as Set, Take, Write};
use super::super::story::{Story, When};

pub(super) const STORIES: &[Story] = &[
    Story {
        customer: "roro",
        order: "GO-2291",
        category: Category::Schedule,
        priority: Priority::High,
        filed: When::Day(2, 16, 40),
        subject: "Akad dimajukan ke 06.30, mohon sesuaikan MUA dan katering",
        text: "Selamat sore, Mbak Rina. Penghulu dari KUA meminta akad dimajukan ke pukul 07.00, karena beliau ada jadwal lain pukul 09.00. Apakah MUA dan katering bisa menyesuaikan?\n\nKeluarga besar dari Solo berangkat selepas subuh, jadi kami perlu kepastian secepatnya.",
        then: &[
            (12, Take("rina")),
            (
                3,
                Reply(
                    "rina",
                    "Selamat sore, Kak Roro. Terima kasih kabarnya. Saya cek dulu ke tim MUA dan katering, ya. Senin saya kabari kepastiannya.",
                ),
            ),
            (3, Read),
            (60, Write("Baik, Mbak. Kami tunggu kabarnya.")),
            (5, Seen("rina")),
            (
                2_300,
                Note(
                    "bagas",
                    "@Rina MUA (Sanggar Larasati) bisa mulai 03.30, tambah Rp750.000 untuk tim subuh. Katering masih menunggu jawaban Bu Tutik soal sarapan 80 orang.",
                ),
            ),
            (
                8,
                Reply(
                    "rina",
                    "Kak Roro, kabar baik: MUA bisa mulai pukul 03.30 di hotel. Untuk sarapan 80 orang, katering menjawab paling lambat sore ini.",
                ),
            ),
            (11, Read),
            (90, Raise("bagas", Priority::Urgent)),
            (
                40,
                Write(
                    "Mbak, maaf mendadak. Barusan penghulu mengabari lagi: akadnya jadi 06.30, bukan 07.00. MUA-nya mohon ikut disesuaikan, ya 🙏",
                ),
            ),
        ],
    },
    Story {
        customer: "fadhil",
        order: "GO-2304",
        category: Category::Schedule,
        priority: Priority::Urgent,
        filed: When::Minutes(4),
        subject: "Genset ballroom belum ada di rundown",
        text: "Assalamualaikum, Kak. Kami baru membaca rundown final untuk besok dan tidak menemukan genset cadangan ballroom. Minggu lalu listrik gedung sempat padam dua kali. Mohon dipastikan malam ini juga, karena teknisi gedung pulang pukul 22.00.",
        then: &[],
    },
    Story {
        customer: "bagus",
        order: "GO-2335",
        category: Category::Schedule,
        priority: Priority::High,
        filed: When::Minutes(240),
        subject: "Jadwal mepamit bentrok dengan sesi foto",
        text: "Om Swastiastu. Di rundown, upacara mepamit di rumah mempelai wanita tertulis pukul 15.00 WITA, tetapi sesi foto di puri juga pukul 15.00. Jaraknya 40 menit. Mana yang digeser?",
        then: &[
            (15, Take("ayu")),
            (
                4,
                Reply(
                    "ayu",
                    "Om Swastiastu, Bli Bagus. Betul, dua acara itu tidak boleh bersamaan. Saya usulkan foto di puri maju ke 12.30, mepamit tetap 15.00 WITA. Saya pastikan dulu ke fotografer, ya.",
                ),
            ),
            (30, Read),
            (
                25,
                Note(
                    "ayu",
                    "Fotografer (Bli Komang) kosong mulai 12.00. Tinggal pastikan ke griya, jangan sampai berubah lagi.",
                ),
            ),
            (40, Write("Baik, kami tunggu usulan jamnya. Keluarga bisa mulai 15.00 WITA.")),
            (3, Seen("ayu")),
        ],
    },
    Story {
        customer: "lestari",
        order: "GO-2345",
        category: Category::Schedule,
        priority: Priority::Medium,
        filed: When::Day(1, 9, 5),
        subject: "Gladi bersih hari Kamis atau Jumat?",
        text: "Selamat pagi. Orang tua saya baru tiba di Semarang Kamis sore. Apakah gladi bersih bisa Jumat pagi saja, sekitar pukul 09.00?",
        then: &[
            (20, Take("dimas")),
            (
                6,
                Reply(
                    "dimas",
                    "Selamat pagi, Mbak Lestari. Jumat pukul 09.00 bisa, tim kami dan MC kosong. Mohon konfirmasi siapa saja yang hadir dari keluarga, supaya kami siapkan tanda nama.",
                ),
            ),
            (1, Set("dimas", Status::WaitingCustomer)),
            (50, Read),
        ],
    },
    Story {
        customer: "boni",
        order: "GO-2360",
        category: Category::Schedule,
        priority: Priority::High,
        filed: When::Minutes(41),
        subject: "Kapel minta surat izin sebelum Rabu",
        text: "Kak, sekretariat kapel menelepon. Surat izin pemakaian dan daftar petugas liturgi harus masuk sebelum Rabu pukul 12.00. Apakah ini dari pihak Gemilang atau dari kami?",
        then: &[],
    },
    Story {
        customer: "cok",
        order: "GO-2352",
        category: Category::Schedule,
        priority: Priority::High,
        filed: When::Day(3, 11, 20),
        subject: "Penjemputan tamu VIP dari bandara",
        text: "Selamat siang. Ada 6 tamu dari Jakarta, mendarat pukul 12.50 WITA di I Gusti Ngurah Rai. Apakah satu mobil cukup? Bawaan mereka banyak.",
        then: &[
            (9, Take("ayu")),
            (
                10,
                Reply(
                    "ayu",
                    "Selamat siang, Ibu Cok. Untuk enam tamu dengan koper kami siapkan dua mobil. Boleh saya minta nomor penerbangan dan satu nama yang bisa dihubungi?",
                ),
            ),
            (1, Set("ayu", Status::WaitingCustomer)),
            (120, Read),
            (15, Write("GA 408, yang dihubungi Pak Surya, nomornya sudah saya kirim ke grup keluarga.")),
            (6, Seen("ayu")),
            (
                20,
                Reply(
                    "ayu",
                    "Terima kasih, Bu. Mobil pertama dengan sopir Pak Ketut, mobil kedua tiba 13.20 WITA, sopirnya Pak Made.",
                ),
            ),
            (1, Set("ayu", Status::WaitingCustomer)),
            (45, Read),
        ],
    },
    Story {
        customer: "rizky",
        order: "GO-2331",
        category: Category::Schedule,
        priority: Priority::Medium,
        filed: When::Day(9, 19, 30),
        subject: "Jam intat linto, apakah boleh setelah Zuhur?",
        text: "Assalamualaikum. Keluarga dari Sigli mengusulkan intat linto selepas Zuhur, bukan pagi. Apakah masih sempat untuk resepsi sore?",
        then: &[
            (760, Take("dimas")),
            (
                8,
                Reply(
                    "dimas",
                    "Waalaikumsalam, Pak Rizky. Masih sempat: intat linto 13.30, peusijuek 14.15, resepsi tetap 16.00. Saya kirim rundown barunya hari ini.",
                ),
            ),
            (200, Read),
            (10, Write("Alhamdulillah, cocok. Terima kasih, Mas Dimas.")),
            (4, Seen("dimas")),
            (3, Set("dimas", Status::Resolved)),
            (4_320, Set("dimas", Status::Closed)),
        ],
    },
    Story {
        customer: "yohana",
        order: "GO-2367",
        category: Category::Schedule,
        priority: Priority::Low,
        filed: When::Day(6, 8, 15),
        subject: "Rapat daring pertama: pukul berapa di Jayapura?",
        text: "Selamat pagi dari Jayapura. Undangan rapat tertulis pukul 10.00, tetapi tidak ada zonanya. Apakah itu WIB atau WIT? Selisihnya dua jam dan kami bekerja.",
        then: &[
            (35, Take("siska")),
            (
                5,
                Reply(
                    "siska",
                    "Selamat pagi, Kak Yohana. Mohon maaf, seharusnya kami tulis zonanya: pukul 10.00 WIB, jadi 12.00 WIT. Bila mengganggu jam kerja, kami bisa 17.00 WIT.",
                ),
            ),
            (90, Read),
            (5, Write("17.00 WIT lebih baik, Kak. Terima kasih.")),
            (7, Seen("siska")),
            (2, Reply("siska", "Baik, sudah saya ubah ke 17.00 WIT (15.00 WIB). Undangan barunya terkirim.")),
            (1, Set("siska", Status::Resolved)),
            (30, Read),
        ],
    },
    Story {
        customer: "swandewi",
        order: "GO-2356",
        category: Category::Schedule,
        priority: Priority::Medium,
        filed: When::Day(14, 13, 0),
        subject: "Dewasa ayu sudah ditentukan, mohon catat jamnya",
        text: "Ratu Peranda sudah memberi dewasa ayu: upacara dimulai pukul 08.00 WITA dan harus selesai sebelum tengah hari. Mohon rundown mengikuti.",
        then: &[
            (22, Take("ayu")),
            (
                10,
                Reply(
                    "ayu",
                    "Suksma informasinya, Gek Ayu. Rundown kami ikuti: upacara 08.00 sampai 11.30 WITA, resepsi mulai 12.30. Tamu kami minta hadir pukul 12.00.",
                ),
            ),
            (60, Read),
            (3, Write("Suksma, sudah pas.")),
            (20, Seen("ayu")),
            (1, Set("ayu", Status::Resolved)),
            (1_500, Close),
        ],
    },
    Story {
        customer: "siti",
        order: "GO-2317",
        category: Category::Schedule,
        priority: Priority::Low,
        filed: When::Day(20, 10, 10),
        subject: "Kapan technical meeting dengan semua vendor?",
        text: "Assalamualaikum, Kak. Kapan kira-kira technical meeting dengan semua vendor? Suami saya perlu mengajukan cuti dua minggu sebelumnya.",
        then: &[
            (50, Give("rina", "bagas")),
            (
                30,
                Reply(
                    "bagas",
                    "Waalaikumsalam, Kak Siti. Technical meeting dua minggu sebelum acara, hari Sabtu pukul 10.00 di gedung. Tanggal pastinya saya kirim bersama daftar vendor.",
                ),
            ),
            (100, Read),
            (1, Set("bagas", Status::Resolved)),
            (4_320, Set("bagas", Status::Closed)),
        ],
    },
];
