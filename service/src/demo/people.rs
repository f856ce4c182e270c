//! The demo's people and their weddings. Nobody here exists; the addresses end in a name that never will.

use gemilang_protocol::{OrderStatus, Role, Zone};

/// Somebody of the demo.
pub(super) struct DemoPerson {
    /// What stories call them.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) phone: &'static str,
    pub(super) role: Role,
    pub(super) zone: Zone,
}

/// A wedding of the demo.
pub(super) struct DemoOrder {
    pub(super) number: &'static str,
    /// Whose, by key.
    pub(super) customer: &'static str,
    pub(super) package: &'static str,
    /// Days from today to the wedding; negative when it is over.
    pub(super) in_days: i64,
    pub(super) venue: &'static str,
    pub(super) zone: Zone,
    pub(super) status: OrderStatus,
}

/// Whose passwords are handed out: one of each role.
pub(super) const ACCOUNTS: [&str; 3] = ["rina", "bagas", "roro"];

const fn staff(
    key: &'static str,
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    role: Role,
    zone: Zone,
) -> DemoPerson {
    DemoPerson { key, name, email, phone, role, zone }
}

const fn customer(
    key: &'static str,
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    zone: Zone,
) -> DemoPerson {
    DemoPerson { key, name, email, phone, role: Role::Customer, zone }
}

pub(super) const PEOPLE: &[DemoPerson] = &[
    staff("rina", "Rina Puspitasari", "rina@gemilang.example", "+6281200000101", Role::Admin, Zone::Wib),
    staff("bagas", "Bagas Wicaksono", "bagas@gemilang.example", "+6281200000102", Role::Agent, Zone::Wib),
    staff("dimas", "Dimas Prasetyo", "dimas@gemilang.example", "+6281200000103", Role::Agent, Zone::Wib),
    staff("ayu", "Ni Luh Ayu Pradnyani", "ayu@gemilang.example", "+6281200000104", Role::Agent, Zone::Wita),
    staff("siska", "Fransiska Wulandari", "siska@gemilang.example", "+6281200000105", Role::Agent, Zone::Wib),
    customer(
        "roro",
        "Raden Roro Kusumawardhani Prameswari Hadiningrat",
        "roro.kusumawardhani@contoh.example",
        "+6281234560198",
        Zone::Wib,
    ),
    customer("fadhil", "Muhammad Fadhil Ramadhan", "fadhil.ramadhan@contoh.example", "+6281234560112", Zone::Wib),
    customer("siti", "Siti Nuraini Oktaviani", "siti.oktaviani@contoh.example", "+6281234560123", Zone::Wib),
    customer(
        "yohanes",
        "Yohanes Kristianto Simanjuntak",
        "yohanes.simanjuntak@contoh.example",
        "+6281234560134",
        Zone::Wib,
    ),
    customer("eka", "Ni Putu Eka Widyastuti", "eka.widyastuti@contoh.example", "+6281234560145", Zone::Wita),
    customer("rizky", "Teuku Rizky Alfarisi", "rizky.alfarisi@contoh.example", "+6281234560156", Zone::Wib),
    customer(
        "bagus",
        "I Gusti Ngurah Bagus Adnyana Putra",
        "bagus.adnyana@contoh.example",
        "+6281234560167",
        Zone::Wita,
    ),
    customer("maria", "Maria Goretti Hutagalung", "maria.hutagalung@contoh.example", "+6281234560178", Zone::Wib),
    customer("tenri", "Andi Tenri Ola Mappasessu", "tenri.ola@contoh.example", "+6281234560189", Zone::Wita),
    customer("lestari", "Lestari Wulandari", "lestari.wulandari@contoh.example", "+6281234560190", Zone::Wib),
    customer("hendra", "Hendra Gunawan Tanuwidjaja", "hendra.tanuwidjaja@contoh.example", "+6281234560201", Zone::Wib),
    customer("cok", "Cokorda Istri Agung Pramesti Dewi", "cok.pramesti@contoh.example", "+6281234560212", Zone::Wita),
    customer("swandewi", "Ni Made Ayu Swandewi", "ayu.swandewi@contoh.example", "+6281234560223", Zone::Wita),
    customer("boni", "Bonifasius Hendrawan Situmorang", "boni.situmorang@contoh.example", "+6281234560234", Zone::Wib),
    customer("farhan", "Farhan Maulana Siregar", "farhan.siregar@contoh.example", "+6281234560245", Zone::Wib),
    customer("yohana", "Yohana Marthina Wambrauw", "yohana.wambrauw@contoh.example", "+6281234560256", Zone::Wit),
];

const fn wedding(
    number: &'static str,
    customer: &'static str,
    package: &'static str,
    in_days: i64,
    venue: &'static str,
    zone: Zone,
) -> DemoOrder {
    DemoOrder { number, customer, package, in_days, venue, zone, status: OrderStatus::Confirmed }
}

pub(super) const ORDERS: &[DemoOrder] = &[
    wedding("GO-2291", "roro", "Paket Kencana, 500 tamu", 12, "Pendopo Arumsari, Sleman", Zone::Wib),
    wedding("GO-2304", "fadhil", "Paket Kencana, 600 tamu", 1, "Ballroom Graha Parahyangan, Bandung", Zone::Wib),
    wedding("GO-2317", "siti", "Paket Melati, 300 tamu", 27, "Gedung Sasana Bhakti, Bekasi", Zone::Wib),
    wedding("GO-2322", "yohanes", "Paket Adat Batak, 450 tamu", 33, "Wisma Tobasa, Balige", Zone::Wib),
    wedding("GO-2326", "eka", "Paket Tirta, 200 tamu", 40, "Taman Bhagawan, Tanjung Benoa", Zone::Wita),
    wedding("GO-2331", "rizky", "Paket Adat Aceh, 400 tamu", 6, "Rumah keluarga Alfarisi, Medan", Zone::Wib),
    wedding("GO-2335", "bagus", "Paket Tirta, 350 tamu", 16, "Puri Adnyana, Gianyar", Zone::Wita),
    wedding("GO-2338", "maria", "Paket Adat Batak, 600 tamu", 48, "Gedung Pertemuan Uli Basa, Medan", Zone::Wib),
    wedding("GO-2342", "tenri", "Paket Adat Bugis, 500 tamu", 23, "Balai Phinisi, Makassar", Zone::Wita),
    wedding("GO-2345", "lestari", "Paket Melati, 250 tamu", 9, "Kebun Raya Ungaran, Semarang", Zone::Wib),
    wedding(
        "GO-2349",
        "hendra",
        "Paket Sangjit dan Resepsi, 800 tamu",
        75,
        "Grand Ballroom Mahameru, Surabaya",
        Zone::Wib,
    ),
    wedding("GO-2352", "cok", "Paket Tirta, 150 tamu", 2, "Villa Segara Giri, Nusa Dua", Zone::Wita),
    wedding("GO-2356", "swandewi", "Paket Tirta, 180 tamu", 5, "Wantilan Campuhan, Ubud", Zone::Wita),
    wedding("GO-2360", "boni", "Paket Kapel, 200 tamu", 19, "Kapel Santa Maria dan Wisma Theresia, Jakarta", Zone::Wib),
    wedding("GO-2363", "farhan", "Paket Melayu Deli, 500 tamu", 54, "Istana Serdang Convention Hall, Medan", Zone::Wib),
    wedding("GO-2367", "yohana", "Paket Cenderawasih, 250 tamu", 61, "Aula Sentani Indah, Jayapura", Zone::Wit),
    DemoOrder {
        status: OrderStatus::Done,
        ..wedding("GO-2188", "siti", "Paket Lamaran, 60 tamu", -46, "Rumah keluarga Oktaviani, Bekasi", Zone::Wib)
    },
    DemoOrder {
        status: OrderStatus::Done,
        ..wedding("GO-2204", "hendra", "Paket Lamaran, 40 tamu", -20, "Restoran Nusa Indah, Surabaya", Zone::Wib)
    },
];
