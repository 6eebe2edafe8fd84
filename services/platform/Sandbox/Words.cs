using Mpp.Contracts;

namespace Mpp.Sandbox;

/// <summary>
/// What names and places are made of. A changed line changes the whole population: the golden test says so.
/// </summary>
internal static class Words
{
    public static readonly string[] MaleFirst =
    [
        "Abdul", "Abd. Rahman",
        "Adi", "Agus", "Ahmad",
        "Aldi", "Alimuddin", "Amiruddin", "Andi", "Anwar", "Arif", "Arman", "Asrul", "Bambang", "Basri", "Budi",
        "Burhanuddin", "Darwis", "Dedi",
        "Dwi", "Edi", "Eko", "Fadli", "Faisal", "Fajar", "Gunawan", "Hamzah", "Hardin", "Haris", "Hasan", "Hendra",
        "Herman", "I Made", "I Wayan", "Ibrahim",
        "Ilham", "Imran", "Indra", "Irfan", "Irwan", "Iskandar", "Jamaluddin", "Joko", "Jumardin", "Kamaruddin",
        "La Ode", "Laode Muhammad", "Lukman", "M. Yusuf", "Mansur", "Muh. Akbar", "Muhammad", "Mustafa", "Nasrun",
        "Nur", "Nurdin", "Rahmat", "Rasyid", "Ridwan", "Rizal", "Rusdin", "Ruslan", "Samsul", "Slamet", "Sudirman",
        "Sugeng", "Sultan", "Supriadi",
        "Syahrul", "Tamrin", "Taufik", "Udin", "Usman", "Wahyu", "Yusran", "Zainal", "Zulkifli",
    ];

    public static readonly string[] FemaleFirst =
    [
        "Aisyah", "Andi Tenri",
        "Anita", "Asma", "Asni", "Ayu",
        "Citra", "Darmawati", "Dewi", "Dian", "Dwi", "Eka", "Endang", "Erni", "Fatimah", "Fitri", "Fitriani", "Hajrah",
        "Halimah", "Hartati",
        "Hasnah", "Hasrianti", "Hikmah", "Ida", "Indah", "Intan", "Irma", "Jumriah", "Jusmiati", "Kartini", "Lestari",
        "Lilis", "Lina", "Marlina",
        "Marwah", "Maryam", "Mega", "Murni", "Nani", "Ni Luh", "Ni Made", "Nur", "Nur'aini", "Nurhayati", "Nurlela",
        "Nursiah", "Putri", "Rahma", "Rahmawati", "Ramlah", "Ratna", "Rini",
        "Riska", "Rosdiana", "Rosmini", "Salmiah", "Sari", "Sitti", "Siti", "Sri", "Suharni", "Sukmawati", "Sulastri",
        "Suriani", "Tenri", "Titin", "Tri", "Wa Ode", "Wahyuni", "Wati", "Widya", "Yuliana", "Yuni", "Zakiah",
    ];

    public static readonly string[] MaleLast =
    [
        "Abunawas", "Adnan", "Akbar", "Alimin",
        "Arifin", "Asis", "Bakri",
        "Baso", "Firmansyah", "Fauzi", "Hadi", "Hakim", "Halim", "Hidayat", "Idris", "Kadir", "Kurniawan", "Lahasa",
        "Latif", "Mahmud", "Malik", "Mappa", "Maulana", "Nugroho", "Pagala", "Pratama", "Purnomo", "Rauf", "Razak",
        "Saputra", "Salam", "Santoso", "Sao-Sao", "Setiawan", "Silondae", "Surya", "Syam", "Tamburaka", "Taridala",
        "Wibowo", "Wijaya", "Yunus",
    ];

    public static readonly string[] FemaleLast =
    [
        "Abunawas", "Amalia",
        "Anggraini", "Asis", "Astuti",
        "Aulia", "Azzahra", "Daeng Ngai", "Damayanti", "Handayani", "Hasanah", "Hidayah", "Indrawati", "Kadir",
        "Khadijah", "Kurniasih", "Lahasa", "Latif", "Maharani", "Mahmud", "Ningsih", "Novianti",
        "Oktaviani", "Pagala", "Permatasari", "Pratiwi", "Puspita", "Rahayu", "Rauf", "Safitri", "Salsabila",
        "Sao-Sao", "Saputri", "Silondae", "Suryani", "Tamburaka", "Taridala", "Utami", "Wulandari", "Yunus", "Zahra",
    ];

    /// <summary>
    /// How many of <see cref="BirthPlaces"/>, from the first on, are in or next to Konawe. Children are born there.
    /// </summary>
    public const int NearBirthPlaces = 10;

    /// <summary>Konawe first: most people are born there.</summary>
    public static readonly string[] BirthPlaces =
    [
        "Konawe", "Konawe", "Konawe", "Konawe", "Konawe", "Konawe", "Konawe", "Kendari", "Kendari", "Konawe Selatan",
        "Kolaka", "Kolaka Timur",
        "Muna", "Bau-Bau", "Makassar", "Bone", "Banyuwangi", "Kediri", "Gianyar", "Toraja Utara",
    ];

    /// <summary>
    /// Districts of Konawe in today's list: Lambuya, Unaaha, Wawotobi, Pondidaha, Sampara, Abuki, Soropia, Tongauna, …
    /// Tongauna Utara.
    /// </summary>
    public static readonly RegionCode[] Districts =
    [
        .. new[]
        {
            "01", "02", "03", "04", "05", "10", "11", "15", "16", "17", "18", "19", "20", "21", "23", "24",
            "25", "28", "31", "32", "33", "36", "37", "38", "39", "40", "41", "42",
        }.Select(d => RegionCode.Parse($"74.02.{d}")),
    ];
}
