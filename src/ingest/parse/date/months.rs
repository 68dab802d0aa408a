//! The names of the months. In full and short, in the cases that dates take, in the languages that feeds are written
//! in: those of Europe, Turkish, Azerbaijani, Arabic (Gulf, Levant, Maghreb), Persian, Hebrew, Hindi, Indonesian, Malay
//! and Chinese.
//!
//! A short form that two languages give to two months (`srp`: July in Croatian, August in Czech) is in no row; `lis` and
//! `listopad` are November, as they are for Poles, Czechs and Ukrainians, and not October, as they are for Croats.

/// The month a word names; folded as `names::fold` does.
pub(super) fn month(folded: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, names)| names.binary_search(&folded).is_ok()).map(|(month, _)| month)
}

/// January to December, each sorted.
#[rustfmt::skip]
pub(super) const MONTHS: [&[&str]; 12] = [
    &[
        "ene", "enero", "gen", "gener", "gennaio", "gn", "ian", "ianuarie", "jaan", "jaanuar", "jaenner",
        "jan", "janar", "janeiro", "janner", "januar", "januara", "januari", "januarja", "january", "janv",
        "janvari", "janvaris", "janvier", "led", "leden", "ledna", "oca", "ocak", "saus", "sausio",
        "sausis", "sij", "sijecanj", "sijecnja", "sty", "styczen", "stycznia", "tammi", "tammikuu",
        "tammikuuta", "xan", "xaneiro", "yanvar", "ιαν", "ιανουαριος", "ιανουαριου", "студзень", "студзеня",
        "січ", "січень", "січня", "янв", "январь", "января", "яну", "януари", "јан", "јануар", "јануара",
        "јануари", "ינו", "ינואר", "جانفي", "يناير", "ژانویه", "जनवर", "一月",
    ],
    &[
        "feb", "febbraio", "feber", "febr", "febreiro", "febrer", "febrero", "februar", "februara",
        "februari", "februarie", "februaris", "februarja", "february", "fev", "fevereiro", "fevr", "fevral",
        "fevrier", "helmi", "helmikuu", "helmikuuta", "lut", "lutego", "luty", "shkurt", "sub", "subat",
        "uno", "unor", "unora", "vas", "vasario", "vasaris", "veebr", "veebruar", "vel", "velj", "veljaca",
        "veljace", "φεβ", "φεβρουαριος", "φεβρουαριου", "лют", "лютага", "лютии", "лютого", "люты", "феб",
        "фебруар", "фебруара", "фев", "февр", "февраль", "февраля", "февруари", "פבר", "פברואר", "شباط",
        "فبراير", "فوریه", "فيفري", "फरवर", "二月",
    ],
    &[
        "bre", "brezen", "brezna", "kov", "kovas", "kovo", "maa", "maalis", "maaliskuu", "maaliskuuta",
        "maart", "mac", "maerz", "mar", "marc", "marca", "march", "marcius", "marco", "marec", "maret",
        "mars", "mart", "marta", "martie", "marts", "marz", "marzec", "marzo", "mrt", "mrz", "ozu",
        "ozujak", "ozujka", "μαρ", "μαρτιος", "μαρτιου", "μαω", "бер", "березень", "березня", "мар", "март",
        "марта", "сакавік", "сакавіка", "מרס", "מרץ", "اذار", "مارس", "मरच", "三月",
    ],
    &[
        "abr", "abril", "apr", "aprel", "april", "aprila", "aprile", "aprili", "aprilie", "aprilis",
        "aprill", "avr", "avril", "bal", "balandis", "balandzio", "dub", "duben", "dubna", "huhti",
        "huhtikuu", "huhtikuuta", "kwi", "kwiecien", "kwietnia", "nis", "nisan", "prill", "tra", "travanj",
        "travnja", "απρ", "απριλιος", "απριλιου", "апр", "апрель", "апреля", "април", "априла", "кві",
        "квіт", "квітень", "квітня", "красавік", "красавіка", "אפר", "אפריל", "ابريل", "افريل", "اوریل",
        "نيسان", "अपरल", "四月",
    ],
    &[
        "geg", "geguze", "geguzes", "kve", "kveten", "kvetna", "mag", "maggio", "mai", "maig", "maija",
        "maijs", "maio", "maj", "maja", "majus", "maujus", "may", "mayis", "mayo", "mei", "svi", "svibanj",
        "svibnja", "touko", "toukokuu", "toukokuuta", "μαη", "μαι", "μαιος", "μαιου", "маи", "мая", "мај",
        "маја", "тра", "трав", "травень", "травня", "מאי", "ايار", "ماى", "ماي", "مايو", "مه", "मई", "五月",
    ],
    &[
        "birz", "birzelio", "birzelis", "cerven", "cervna", "cvn", "cze", "czerwca", "czerwiec", "giu",
        "giugno", "haz", "haziran", "iun", "iunie", "iyun", "juin", "jun", "juna", "june", "junho", "juni",
        "junij", "junija", "junijs", "junio", "junius", "juny", "juuni", "kesa", "kesakuu", "kesakuuta",
        "lipanj", "lipnja", "qershor", "xun", "xuno", "ιον", "ιουν", "ιουνιος", "ιουνιου", "июн", "июнь",
        "июня", "чер", "черв", "червень", "червня", "чэрвень", "чэрвеня", "юни", "јун", "јуна", "јуни",
        "יונ", "יוני", "جوان", "حزيران", "يونيه", "يونيو", "ژوين", "जन", "六月",
    ],
    &[
        "cervence", "cervenec", "cvc", "heina", "heinakuu", "heinakuuta", "iul", "iulie", "iyul", "jui",
        "juil", "juill", "juillet", "jul", "jula", "julai", "julho", "juli", "julij", "julija", "julijs",
        "julio", "juliol", "julius", "july", "juuli", "korrik", "liep", "liepa", "liepos", "lip", "lipca",
        "lipiec", "lug", "luglio", "srpanj", "srpnja", "tem", "temmuz", "xul", "xullo", "ιολ", "ιουλ",
        "ιουλιος", "ιουλιου", "июл", "июль", "июля", "лип", "липень", "липня", "ліпень", "ліпеня", "юли",
        "јул", "јула", "јули", "יול", "יולי", "تموز", "جولای", "جويلية", "يوليه", "يوليو", "يوليوز",
        "ژويیه", "जलई", "七月",
    ],
    &[
        "ag", "ago", "agost", "agosto", "ags", "agt", "agu", "agust", "agustos", "agustus", "aou", "aout",
        "aug", "august", "augusta", "augusti", "augusts", "augustus", "augusztus", "avg", "avgust",
        "avgusta", "avqust", "elo", "elokuu", "elokuuta", "gusht", "kol", "kolovoz", "kolovoza", "ogo",
        "ogos", "rugp", "rugpjucio", "rugpjutis", "sie", "sierpien", "sierpnia", "srpen", "srpna", "αυγ",
        "αυγουστος", "αυγουστου", "авг", "август", "августа", "жнівень", "жніуня", "сер", "серп", "серпень",
        "серпня", "אוג", "אוגוסט", "اب", "اغسطس", "اوت", "اگوست", "غشت", "अगसत", "八月",
    ],
    &[
        "eyl", "eylul", "rugs", "rugsejis", "rugsejo", "ruj", "rujan", "rujna", "sentyabr", "sep", "sept",
        "septembar", "september", "septembra", "septembre", "septembri", "septembrie", "septembris",
        "septiembre", "set", "setembre", "setembro", "setiembre", "sett", "settembre", "shtator", "syys",
        "syyskuu", "syyskuuta", "szep", "szept", "szeptember", "wrz", "wrzesien", "wrzesnia", "zar", "zari",
        "σεπ", "σεπτ", "σεπτεμβριος", "σεπτεμβριου", "вер", "верасень", "верасня", "вересень", "вересня",
        "сен", "сент", "сентябрь", "сентября", "сеп", "септ", "септембар", "септембра", "септември", "ספט",
        "ספטמבר", "ايلول", "سبتمبر", "سپتامبر", "شتنبر", "सतबर", "सतमबर", "九月",
    ],
    &[
        "eki", "ekim", "loka", "lokakuu", "lokakuuta", "oct", "october", "octobre", "octombrie", "octubre",
        "okt", "oktobar", "oktober", "oktobra", "oktobri", "oktobris", "oktoober", "oktyabr", "ott",
        "ottobre", "out", "outubro", "paz", "pazdziernik", "pazdziernika", "rij", "rijen", "rijna", "spal",
        "spalio", "spalis", "tetor", "οκτ", "οκτωβριος", "οκτωβριου", "жов", "жовт", "жовтень", "жовтня",
        "кастрычнік", "кастрычніка", "окт", "октобар", "октобра", "октомври", "октябрь", "октября", "אוק",
        "אוקטובר", "اكتوبر", "اکتبر", "अकटबर", "अकतबर", "十月",
    ],
    &[
        "kas", "kasim", "lapkr", "lapkricio", "lapkritis", "lis", "listopad", "listopada", "listopadu",
        "marras", "marraskuu", "marraskuuta", "nentor", "noi", "noiem", "noiembrie", "nov", "novembar",
        "november", "novembra", "novembre", "novembri", "novembris", "novembro", "noviembre", "noyabr",
        "stu", "studeni", "studenog", "studenoga", "νοε", "νοεμβριος", "νοεμβριου", "лис", "листопад",
        "листопада", "лістапад", "лістапада", "нов", "новембар", "новембра", "ное", "ноември", "ноя",
        "нояб", "ноябрь", "ноября", "נוב", "נובמבר", "نوامبر", "نوفمبر", "نونبر", "नवबर", "नवमबर", "十一月",
    ],
    &[
        "ara", "aralik", "dec", "decembar", "december", "decembra", "decembre", "decembri", "decembrie",
        "decembris", "decembro", "dekabr", "des", "desember", "desembre", "dets", "detsember", "dez",
        "dezember", "dezembro", "dhjetor", "dic", "dicembre", "diciembre", "dis", "disember", "gru",
        "grudnia", "grudzien", "gruod", "gruodis", "gruodzio", "joulu", "joulukuu", "joulukuuta", "pro",
        "prosinac", "prosinca", "prosince", "prosinec", "δεκ", "δεκεμβριος", "δεκεμβριου", "гру", "груд",
        "грудень", "грудня", "дек", "декабрь", "декабря", "декември", "дец", "децембар", "децембра",
        "снежань", "снежня", "דצמ", "דצמבר", "دجنبر", "دسامبر", "ديسمبر", "दसबर", "दसमबर", "十二月",
    ],
];
