extension BandTable {
  /// Common bands of organic and biological matter in infrared, Raman and near-infrared spectra.
  ///
  /// Ranges are wide enough for the usual shifts between substances. A match is a hint, not an
  /// identification: several assignments share most ranges.
  package static let common: BandTable = (try? BandTable(csv: csv)) ?? BandTable([])

  /// The works that the bands of `common` are taken from, by the words used in `reference`.
  package static let commonReferences: [String: String] = [
    "Socrates 2001":
      "G. Socrates, Infrared and Raman Characteristic Group Frequencies, 3rd ed., Wiley, 2001",
    "Barth 2007":
      "A. Barth, Biochimica et Biophysica Acta – Bioenergetics 1767 (2007) 1073–1101",
    "Guillen 1997":
      "M. D. Guillén, N. Cabo, Journal of the Science of Food and Agriculture 75 (1997) 1–11",
    "Movasaghi 2007":
      "Z. Movasaghi, S. Rehman, I. U. Rehman, Applied Spectroscopy Reviews 42 (2007) 493–541",
    "Movasaghi 2008":
      "Z. Movasaghi, S. Rehman, I. U. Rehman, Applied Spectroscopy Reviews 43 (2008) 134–179",
    "De Gelder 2007":
      "J. De Gelder et al., Journal of Raman Spectroscopy 38 (2007) 1133–1147",
    "Czamara 2015":
      "K. Czamara et al., Journal of Raman Spectroscopy 46 (2015) 4–20",
    "Wiercigroch 2017":
      "E. Wiercigroch et al., Spectrochimica Acta Part A 185 (2017) 317–335",
    "Workman 2007":
      "J. Workman, L. Weyer, Practical Guide to Interpretive Near-Infrared Spectroscopy, CRC, 2007",
  ]

  /// What `common` is read from; a pattern for tables of one's own.
  static let csv = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,3200,3600,O-H stretching,water and alcohols,Socrates 2001
    IR,cm-1,3270,3310,amide A (N-H stretching),proteins,Barth 2007
    IR,cm-1,3000,3015,=C-H stretching (cis),unsaturated lipids,Guillen 1997
    IR,cm-1,2915,2935,CH2 antisymmetric stretching,lipids and polyethylene,Socrates 2001
    IR,cm-1,2843,2863,CH2 symmetric stretching,lipids and polyethylene,Socrates 2001
    IR,cm-1,2200,2260,C#N stretching,nitriles,Socrates 2001
    IR,cm-1,1735,1750,C=O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1700,1725,C=O stretching of carboxylic acids,acids,Socrates 2001
    IR,cm-1,1600,1700,amide I (C=O stretching),proteins,Barth 2007
    IR,cm-1,1580,1615,aromatic ring stretching,aromatics,Socrates 2001
    IR,cm-1,1510,1580,amide II (N-H bending and C-N stretching),proteins,Barth 2007
    IR,cm-1,1450,1475,CH2 bending,lipids and polyethylene,Socrates 2001
    IR,cm-1,1390,1415,COO- symmetric stretching,proteins and acids,Barth 2007
    IR,cm-1,1370,1385,CH3 symmetric bending,lipids,Guillen 1997
    IR,cm-1,1220,1330,amide III,proteins,Barth 2007
    IR,cm-1,1220,1245,PO2- antisymmetric stretching,nucleic acids,Movasaghi 2008
    IR,cm-1,1230,1245,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1155,1170,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1145,1160,C-O-C stretching of glycosidic bonds,saccharides,Wiercigroch 2017
    IR,cm-1,1095,1120,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1075,1095,PO2- symmetric stretching,nucleic acids,Movasaghi 2008
    IR,cm-1,1070,1085,C-O stretching,saccharides,Wiercigroch 2017
    IR,cm-1,1015,1035,C-O stretching of glycogen,saccharides,Movasaghi 2008
    IR,cm-1,960,975,=C-H bending out of plane (trans),unsaturated lipids,Guillen 1997
    IR,cm-1,717,732,CH2 rocking,lipids and polyethylene,Socrates 2001
    Raman,Raman shift,3005,3020,=C-H stretching,unsaturated lipids,Czamara 2015
    Raman,Raman shift,2920,2945,CH3 symmetric stretching,proteins,Movasaghi 2007
    Raman,Raman shift,2875,2890,CH2 antisymmetric stretching,lipids,Czamara 2015
    Raman,Raman shift,2845,2860,CH2 symmetric stretching,lipids,Czamara 2015
    Raman,Raman shift,1730,1750,C=O stretching of esters,lipids,Czamara 2015
    Raman,Raman shift,1640,1680,amide I (C=O stretching),proteins,Movasaghi 2007
    Raman,Raman shift,1650,1662,C=C stretching (cis),unsaturated lipids,Czamara 2015
    Raman,Raman shift,1600,1620,ring stretching of Phe and Tyr,proteins,De Gelder 2007
    Raman,Raman shift,1570,1582,ring stretching of guanine and adenine,nucleic acids,De Gelder 2007
    Raman,Raman shift,1505,1530,C=C stretching,carotenoids,Movasaghi 2007
    Raman,Raman shift,1435,1465,CH2 bending,lipids and proteins,Czamara 2015
    Raman,Raman shift,1295,1305,CH2 twisting,lipids,Czamara 2015
    Raman,Raman shift,1260,1275,=C-H bending,unsaturated lipids,Czamara 2015
    Raman,Raman shift,1230,1300,amide III,proteins,Movasaghi 2007
    Raman,Raman shift,1150,1162,C-C stretching,carotenoids,Movasaghi 2007
    Raman,Raman shift,1120,1135,C-C stretching (trans chains),lipids,Czamara 2015
    Raman,Raman shift,1090,1102,PO2- symmetric stretching,nucleic acids,Movasaghi 2007
    Raman,Raman shift,1058,1068,C-C stretching (trans chains),lipids,Czamara 2015
    Raman,Raman shift,1028,1036,C-H bending of Phe,proteins,De Gelder 2007
    Raman,Raman shift,1000,1006,ring breathing of Phe,proteins,De Gelder 2007
    Raman,Raman shift,845,860,ring breathing of Tyr,proteins,De Gelder 2007
    Raman,Raman shift,822,835,Fermi doublet of Tyr,proteins,De Gelder 2007
    Raman,Raman shift,780,792,ring breathing of cytosine thymine uracil,nucleic acids,De Gelder 2007
    Raman,Raman shift,752,762,ring breathing of Trp,proteins,De Gelder 2007
    Raman,Raman shift,718,730,ring breathing of adenine,nucleic acids,De Gelder 2007
    Raman,Raman shift,474,486,skeletal mode of starch and glycogen,saccharides,Wiercigroch 2017
    NIR,nm,905,940,C-H stretching third overtone,fats,Workman 2007
    NIR,nm,960,990,O-H stretching second overtone,water,Workman 2007
    NIR,nm,1190,1230,C-H stretching second overtone,fats,Workman 2007
    NIR,nm,1430,1470,O-H stretching first overtone,water,Workman 2007
    NIR,nm,1690,1770,C-H stretching first overtone,fats,Workman 2007
    NIR,nm,1920,1950,O-H stretching and bending combination,water,Workman 2007
    NIR,nm,2050,2065,N-H combination,proteins,Workman 2007
    NIR,nm,2090,2110,O-H and C-O combination,starch,Workman 2007
    NIR,nm,2165,2185,N-H and C-N combination,proteins,Workman 2007
    NIR,nm,2300,2350,C-H combinations,fats,Workman 2007
    """
}
