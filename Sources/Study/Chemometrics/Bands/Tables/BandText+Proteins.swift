extension BandText {
  /// Bands of proteins.
  static let proteins = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,3270,3310,amide A (N-H stretching),proteins,Barth 2007
    IR,cm-1,1600,1700,amide I (C=O stretching),proteins,Barth 2007
    IR,cm-1,1510,1580,amide II (N-H bending and C-N stretching),proteins,Barth 2007
    IR,cm-1,1390,1415,COO- symmetric stretching,proteins,Barth 2007
    IR,cm-1,1220,1330,amide III,proteins,Barth 2007
    Raman,Raman shift,2920,2945,CH3 symmetric stretching,proteins,Movasaghi 2007
    Raman,Raman shift,1640,1680,amide I (C=O stretching),proteins,Movasaghi 2007
    Raman,Raman shift,1600,1620,ring stretching of Phe and Tyr,proteins,De Gelder 2007
    Raman,Raman shift,1440,1465,CH2 and CH3 bending,proteins,Movasaghi 2007
    Raman,Raman shift,1230,1300,amide III,proteins,Movasaghi 2007
    Raman,Raman shift,1028,1036,C-H bending of Phe,proteins,De Gelder 2007
    Raman,Raman shift,1000,1006,ring breathing of Phe,proteins,De Gelder 2007
    Raman,Raman shift,845,860,ring breathing of Tyr,proteins,De Gelder 2007
    Raman,Raman shift,822,835,Fermi doublet of Tyr,proteins,De Gelder 2007
    Raman,Raman shift,752,762,ring breathing of Trp,proteins,De Gelder 2007
    NIR,nm,2050,2065,N-H combination,proteins,Workman 2007
    NIR,nm,2165,2185,N-H and C-N combination,proteins,Workman 2007
    """
}
