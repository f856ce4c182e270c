//! Stories about money: instalments, proofs of transfer, receipts, refunds.

use gemilang_protocol::{Category, Priority, Status};

use super::super::story::Step::{Close, Give, Note, Read, Reply, Seen, Status as Set, Take, Write};
use super::super::story::{Story, When};

pub(super) const STORIES: &[Story] = &[
    Story {
        customer: "siti",
        order: "GO-2317",
        category: Category::Payment,
        priority: Priority::High,
        filed: When::Minutes(95),
        subject: "Pelunasan termin 3 sudah ditransfer",
        text: "Assalamualaikum, Kak. Termin 3 sebesar Rp18.750.000 sudah saya transfer dari rekening atas nama suami (Arif Nugroho). Mohon dicek, karena berita transfernya lupa saya isi.",
        then: &[
            (10, Take("bagas")),
            (
                5,
                Reply(
                    "bagas",
                    "Waalaikumsalam, Kak Siti. Terima kasih. Boleh dituliskan tanggal, jam, dan bank pengirimnya? Supaya keuangan mudah mencocokkan.",
                ),
            ),
            (1, Set("bagas", Status::WaitingCustomer)),
            (30, Read),
            (43, Write("Tadi pukul 09.12 dari Bank Syariah. Bukti transfer sudah saya unggah ya, Kak, mohon dicek 🙏")),
        ],
    },
    Story {
        customer: "farhan",
        order: "GO-2363",
        category: Category::Payment,
        priority: Priority::High,
        filed: When::Minutes(130),
        subject: "Nomor rekening pelunasan berubah?",
        text: "Saya menerima pesan WhatsApp dari nomor yang mengaku bagian keuangan Gemilang. Katanya rekening pelunasan pindah ke rekening pribadi. Apakah benar? Saya belum mentransfer apa pun.",
        then: &[
            (6, Take("dimas")),
            (
                3,
                Reply(
                    "dimas",
                    "Pak Farhan, mohon jangan mentransfer. Rekening kami tidak pernah berubah dan selalu atas nama perusahaan. Boleh kirim nomor yang menghubungi Bapak?",
                ),
            ),
            (12, Read),
            (4, Write("Syukurlah saya bertanya dulu. Nomornya 0812-0000-9911.")),
            (2, Seen("dimas")),
            (
                8,
                Note(
                    "dimas",
                    "Modus yang sama dengan kasus bulan lalu. Sudah saya laporkan ke Bu Ratna (keuangan), besok ada pengumuman ke semua pelanggan.",
                ),
            ),
        ],
    },
    Story {
        customer: "roro",
        order: "GO-2291",
        category: Category::Payment,
        priority: Priority::Medium,
        filed: When::Day(9, 14, 5),
        subject: "Bukti pelunasan termin 3",
        text: "Selamat siang, Mbak. Termin 3 sudah saya lunasi hari ini, Rp42.500.000. Mohon kuitansinya bila sudah masuk.",
        then: &[
            (25, Take("rina")),
            (15, Note("rina", "Sudah masuk menurut Bu Ratna, 14.02.")),
            (
                4,
                Reply(
                    "rina",
                    "Selamat siang, Kak Roro. Sudah kami terima, terima kasih. Kuitansinya kami kirim ke email Kakak sore ini.",
                ),
            ),
            (30, Read),
            (1, Set("rina", Status::Resolved)),
        ],
    },
    Story {
        customer: "hendra",
        order: "GO-2349",
        category: Category::Payment,
        priority: Priority::Medium,
        filed: When::Day(4, 10, 45),
        subject: "Kuitansi atas nama perusahaan",
        text: "Selamat pagi. Untuk termin 1 mohon kuitansi dan faktur atas nama PT Tanu Karya Abadi, karena dibayar dari rekening perusahaan ayah saya. NPWP menyusul.",
        then: &[
            (18, Take("bagas")),
            (
                9,
                Reply(
                    "bagas",
                    "Selamat pagi, Pak Hendra. Bisa, kami tunggu NPWP dan alamat perusahaannya. Faktur terbit paling lambat tiga hari kerja setelah data lengkap.",
                ),
            ),
            (1, Set("bagas", Status::WaitingCustomer)),
            (180, Read),
        ],
    },
    Story {
        customer: "maria",
        order: "GO-2338",
        category: Category::Payment,
        priority: Priority::Low,
        filed: When::Day(12, 20, 15),
        subject: "Apakah termin 2 bisa mundur satu minggu?",
        text: "Horas, Kak. Gaji saya masuk tanggal 1, sedangkan termin 2 jatuh tempo tanggal 25. Apakah boleh mundur satu minggu tanpa denda?",
        then: &[
            (790, Take("siska")),
            (12, Note("siska", "Riwayat bayar selalu tepat waktu. Usul disetujui.")),
            (
                20,
                Reply(
                    "siska",
                    "Horas, Kak Maria. Boleh, kami catat jatuh temponya menjadi tanggal 2, tanpa denda. Terima kasih sudah mengabari lebih awal.",
                ),
            ),
            (300, Read),
            (4, Write("Terima kasih banyak, Kak. Sangat membantu.")),
            (60, Seen("siska")),
            (1, Set("siska", Status::Resolved)),
            (4_320, Set("siska", Status::Closed)),
        ],
    },
    Story {
        customer: "tenri",
        order: "GO-2342",
        category: Category::Payment,
        priority: Priority::Medium,
        filed: When::Day(1, 15, 40),
        subject: "Selisih Rp250.000 di tagihan termin 3",
        text: "Tabe, Kak. Di tagihan termin 3 tertulis Rp27.750.000, padahal di kontrak Rp27.500.000. Selisih Rp250.000 itu untuk apa?",
        then: &[
            (30, Take("siska")),
            (
                7,
                Reply(
                    "siska",
                    "Selamat sore, Kak Tenri. Selisihnya biaya tambahan dua kursi pelaminan kecil yang disetujui tanggal 3. Saya kirimkan rinciannya sebentar lagi.",
                ),
            ),
            (55, Read),
            (5, Write("Oh iya, saya lupa. Tolong tetap kirim rinciannya ya, Kak, untuk arsip keluarga.")),
        ],
    },
    Story {
        customer: "lestari",
        order: "GO-2345",
        category: Category::Payment,
        priority: Priority::Medium,
        filed: When::Day(17, 9, 30),
        subject: "Transfer dua kali tanpa sengaja",
        text: "Selamat pagi, Kak. Tadi aplikasi bank saya galat, ternyata termin 2 terkirim dua kali, masing-masing Rp12.000.000. Bagaimana pengembaliannya?",
        then: &[
            (8, Take("bagas")),
            (
                20,
                Note(
                    "bagas",
                    "Keuangan melihat dua transfer masuk 09.11 dan 09.13. Tawarkan: dikembalikan atau dipotong termin 3.",
                ),
            ),
            (
                5,
                Reply(
                    "bagas",
                    "Selamat pagi, Mbak Lestari. Betul, masuk dua kali. Kelebihannya bisa kami kembalikan dalam 2 hari kerja, atau dijadikan pembayaran termin 3. Mana yang lebih nyaman?",
                ),
            ),
            (1, Set("bagas", Status::WaitingCustomer)),
            (40, Read),
            (5, Write("Dijadikan termin 3 saja, Kak, sekalian.")),
            (10, Seen("bagas")),
            (15, Reply("bagas", "Baik, termin 3 tercatat lunas Rp12.000.000. Kuitansi keduanya sudah kami kirim.")),
            (1, Set("bagas", Status::Resolved)),
            (600, Read),
            (2, Close),
        ],
    },
    Story {
        customer: "eka",
        order: "GO-2326",
        category: Category::Payment,
        priority: Priority::Low,
        filed: When::Day(5, 17, 25),
        subject: "Pembayaran dengan kartu kredit",
        text: "Selamat sore. Apakah termin berikutnya bisa dibayar dengan kartu kredit, dan apakah ada biaya tambahan?",
        then: &[
            (900, Give("rina", "ayu")),
            (
                20,
                Reply(
                    "ayu",
                    "Selamat pagi, Mbak Eka. Bisa, lewat tautan pembayaran, dengan biaya 2% dari bank. Bila lewat transfer tidak ada biaya.",
                ),
            ),
            (200, Read),
            (1, Set("ayu", Status::Resolved)),
        ],
    },
];
