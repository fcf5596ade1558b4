"""Short texts of many languages, written for the tests, each with its sentences."""

# A tag, what stands between two sentences, and the sentences.
LANGUAGES = [
    (
        "en",
        " ",
        [
            "Give aspirin (approx. 300 mg p.o.) at once.",
            "If the temp. is above 38.5 °C, call Dr. Jones vs. waiting.",
            "No. 3 on the list is rest.",
            "See Fig. 2 and pp. 4–6.",
            "Is it urgent?",
            "Then ask the U.S. embassy!",
        ],
    ),
    (
        "de",
        " ",
        [
            "Die Tiere werden u. a. im Herbst gezählt, z. B. am 3. Oktober oder ab dem 2. Tag.",
            "Herr Dr. Weber rät bzgl. der Dosis (max. 2,5 ml) zur Vorsicht.",
            "Ist das Bein geschwollen?",
            "Dann gilt Abs. 3 Satz 2.",
            "„Nicht warten!“",
            "So sagt es die Leitlinie Nr. 7.",
        ],
    ),
    (
        "fr",
        " ",
        [
            "M. Petit et Mme Roux conseillent le repos, p. ex. trois jours.",
            "Prenez env. 2,5 ml, c.-à-d. une demi-cuillère.",
            "Que faire ensuite ?",
            "Appelez le Dr Blanc !",
            "« Il faut attendre. »",
            "Voir l'art. 4 et la fig. 2.",
        ],
    ),
    (
        "es",
        " ",
        [
            "La Sra. López toma aprox. 2,5 ml, p. ej. por la noche.",
            "¿Tiene fiebre?",
            "¡Espere!",
            "Véase la pág. 12 y el art. 3.",
            "Ud. decide.",
        ],
    ),
    (
        "pl",
        " ",
        [
            "Lek podaje się np. rano, tj. przed śniadaniem.",
            "Dr Nowak i prof. Zielińska zalecają ok. 2,5 ml.",
            "Czy jest gorączka?",
            "Zob. rys. 3 i tabl. 2.",
            "Wtedy należy czekać!",
        ],
    ),
    (
        "ru",
        " ",
        [
            "Препарат дают, напр. утром, т. е. до еды.",
            "Доза ок. 2,5 мл, см. рис. 3.",
            "Есть ли жар?",
            "Тогда проф. И. П. Сидоров советует ждать и т. д.",
            "Пейте воду!",
        ],
    ),
    (
        "it",
        " ",
        [
            "Il Dott. Rossi consiglia ca. 2,5 ml, p. es. la sera.",
            "C'è febbre?",
            "Si veda la fig. 3 e l'art. 4.",
            "Aspetti!",
        ],
    ),
    (
        "nl",
        " ",
        [
            "Geef bijv. water, d.w.z. geen melk.",
            "Dr. De Vries adviseert ca. 2,5 ml.",
            "Is er koorts?",
            "Zie blz. 12 en nr. 3.",
            "Wacht dan!",
        ],
    ),
    (
        "pt",
        " ",
        [
            "O Dr. Lima recomenda aprox. 2,5 ml, p. ex. à noite.",
            "Há febre?",
            "Veja a pág. 12 e a fig. 3.",
            "Espere!",
        ],
    ),
    (
        "el",
        " ",
        ["Δώστε νερό, π.χ. το πρωί.", "Υπάρχει πυρετός;", "Τότε περιμένετε!", "Δείτε την εικ. 3."],
    ),
    (
        "ar",
        " ",
        [
            "اشرب الماء كثيرا.",
            "هل توجد حمى؟",
            "إذا كانت الحرارة أعلى من 38.5 درجة، فاتصل بالطبيب!",
            "لا تنتظر؛ الوقت مهم.",
        ],
    ),
    ("fa", " ", ["آب زیاد بنوشید.", "آیا تب دارید؟", "پس صبر نکنید!"]),
    ("ur", " ", ["پانی زیادہ پئیں۔", "کیا بخار ہے؟", "تو انتظار نہ کریں۔"]),
    ("he", " ", ["שתו הרבה מים.", "האם יש חום?", "אז אל תחכו!"]),
    (
        "hi",
        " ",
        [
            "खूब पानी पिएँ।",
            "क्या बुखार है?",
            "यदि ताप 38.5 डिग्री से अधिक हो, तो डॉ. शर्मा से पूछें।",
            "देर न करें!",
        ],
    ),
    ("bn", " ", ["প্রচুর পানি পান করুন।", "জ্বর আছে কি?", "তাহলে ডা. রায়কে ডাকুন।"]),
    (
        "ja",
        "",
        [
            "水をたくさん飲む。",
            "熱がありますか？",
            "38.5度以上なら医師に相談する。",
            "「待たないで。」と先生は言う。",
        ],
    ),
    (
        "zh",
        "",
        [
            "多喝水。",
            "发烧吗？",
            "超过38.5度就去看医生！",
            "他说：“不要等。”",
            "然后休息。",
            "再量一次。",
        ],
    ),
    (
        "ko",
        " ",
        [
            "물을 많이 마신다.",
            "열이 있는가?",
            "38.5도가 넘으면 김 선생에게 묻는다.",
            "기다리지 않는다!",
        ],
    ),
    ("my", " ", ["ရေများများသောက်ပါ။", "ဖျားနေသလား။", "မစောင့်ပါနှင့်။"]),
    ("am", " ", ["ብዙ ውሃ ይጠጡ።", "ትኩሳት አለ?", "አይጠብቁ።"]),
    ("hy", " ", ["Շատ ջուր խմեք։", "Ջերմություն ունե՞ք։", "Մի սպասեք։"]),
    ("ka", " ", ["ბევრი წყალი დალიეთ.", "სიცხე გაქვთ?", "ნუ დაელოდებით!"]),
    ("km", " ", ["ផឹកទឹកឱ្យច្រើន។", "តើមានគ្រុនក្តៅទេ?", "កុំរង់ចាំ។"]),
    ("bo", " ", ["ཆུ་མང་པོ་འཐུང་།", "ཚ་བ་ཡོད་དམ།", "སྒུག་མི་དགོས།"]),
    (
        "en",
        " ",
        [
            "Patients aged ≥ 65 yrs. should drink 1.5 l daily (see Table 2 and ref. 14).",
            "St. John's wort, i.e. Hypericum, is not used.",
            "What if the dose is missed?",
            "Take it by 6 p.m. on the same day.",
            "Then wait.",
        ],
    ),
    (
        "de",
        " ",
        [
            "Prof. Dr. Kern empfiehlt i. d. R. zwei Gaben, d. h. morgens und abends.",
            "Ab der 20. Woche wird die Dosis halbiert.",
            "Was tun bei Übelkeit?",
            "Siehe S. 14 bzw. Abb. 2.",
            "Kinder unter 12 J. erhalten nichts.",
        ],
    ),
    (
        "fr",
        " ",
        [
            "Le Pr. Morel prescrit 1,5 g/j., c.-à-d. trois prises.",
            "« Faut-il attendre ? » demande le patient.",
            "Non, dit Mme Roy.",
            "Cf. chap. 5, p. 12.",
            "Arrêtez le traitement !",
        ],
    ),
    (
        "es",
        " ",
        [
            "La Dra. Ruiz indica 1,5 g/d., máx. tres tomas.",
            "¿Y si hay náuseas?",
            "Consulte la tabla n.º 2, p. 14.",
            "¡No espere más!",
            "Beba agua, etc.",
        ],
    ),
    (
        "pl",
        " ",
        [
            "Pacjent, tj. osoba po 65. roku życia, pije min. 1,5 l.",
            "Co robić w razie nudności?",
            "Por. tab. 2 na str. 14.",
            "Mgr Lis odradza!",
            "Należy odpocząć.",
        ],
    ),
    (
        "ru",
        " ",
        [
            "Пациент в возрасте до 65 лет, т. е. взрослый, пьёт 1,5 л воды.",
            "Что делать при тошноте?",
            "См. табл. 2 на стр. 14.",
            "Д-р Орлов против!",
            "Нужен отдых, сон и т. п.",
        ],
    ),
    (
        "cs",
        " ",
        [
            "Dr. Malý doporučuje např. čaj, tj. bez cukru.",
            "Máte horečku?",
            "Viz obr. 3 a str. 12.",
            "Nečekejte!",
        ],
    ),
    (
        "sv",
        " ",
        [
            "Ge t.ex. vatten, dvs. ingen mjölk.",
            "Har barnet feber?",
            "Se s. 12 och tab. 2.",
            "Vänta inte!",
        ],
    ),
    (
        "tr",
        " ",
        ["Dr. Kaya örn. su önerir.", "Ateş var mı?", "Bkz. s. 12 ve şek. 2.", "Beklemeyin!"],
    ),
    (
        "ar",
        " ",
        [
            "يعطى الدواء مرتين يوميا، أي صباحا ومساء.",
            "ما العمل عند الغثيان؟",
            "راجع الجدول 2.",
            "يرى د. سالم أن الراحة أهم.",
        ],
    ),
    (
        "hi",
        " ",
        [
            "दवा दिन में दो बार दें, अर्थात सुबह और शाम।",
            "मतली हो तो क्या करें?",
            "तालिका 2 देखें।",
            "प्रो. वर्मा आराम की सलाह देते हैं।",
        ],
    ),
    (
        "ja",
        "",
        ["薬は1日2回（朝と夕）飲む。", "吐き気があればどうするか？", "表2を見る。", "休むこと！"],
    ),
    (
        "ko",
        " ",
        [
            "약은 하루 두 번, 즉 아침과 저녁에 먹는다.",
            "메스꺼우면 어떻게 하는가?",
            "표 2를 본다.",
            "쉬어야 한다!",
        ],
    ),
    (
        "uk",
        " ",
        [
            "Ліки дають двічі, напр. вранці та ввечері.",
            "Що робити при нудоті?",
            "Див. табл. 2 на с. 14.",
            "Не чекайте!",
        ],
    ),
    ("ta", " ", ["நிறைய தண்ணீர் குடிக்கவும்.", "காய்ச்சல் உள்ளதா?", "காத்திருக்க வேண்டாம்."]),
    (
        "vi",
        " ",
        ["Uống nhiều nước, v.d. nước lọc.", "Có sốt không?", "Xem tr. 12 và hình 3.", "Đừng chờ!"],
    ),
    (
        "hu",
        " ",
        [
            "Dr. Kis pl. teát ajánl, ill. vizet.",
            "Van láza?",
            "Lásd a 12. oldalt és a 3. ábrát.",
            "Ne várjon!",
        ],
    ),
]

# A tag, a text, and how many sentences it has.
PASTED = [
    (
        "de",
        "Bei leichten Beschwerden reicht z. B. Ibuprofen, ggf. auch Wärme. Liegt eine Nierenschwäche vor (d. h. Stadium 4 oder 5, vgl. Nr. 3), wird kein Ibuprofen gegeben. Am 3. Tag wird neu entschieden. Bei Fieber über 38,5 °C wird nicht gewartet.\n",
        4,
    ),
    (
        "es",
        "¿Qué hacer con la fiebre? Dé paracetamol si pasa de 38,5 °C. ¡No dé aspirina a niños! El Dr. Gil aconseja beber, p. ej. agua.\n",
        4,
    ),
    (
        "en",
        "Give 2.5 mg/kg (max. 250 mg) i.v. if the pH is below 7.2, e.g. in sepsis. Dr. Smith et al. advise approx. three doses.\n1. Look for danger signs.\n2. If there are any, refer at once.\nAdults take 1 g b.i.d. for five days. Children take half.\n",
        6,
    ),
    (
        "zh",
        "有糖尿病的患者首选二甲双胍。如果患者肾功能严重受损,则不应使用二甲双胍。其他患者可以先改变生活方式。\n",
        3,
    ),
]
