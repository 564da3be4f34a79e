extension BandText {
  /// Bands of sugars, starch and cellulose.
  static let carbohydrates = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,1145,1160,C-O-C stretching of glycosidic bonds,saccharides,Wiercigroch 2017
    IR,cm-1,1070,1085,C-O stretching,saccharides,Wiercigroch 2017
    IR,cm-1,1015,1035,C-O stretching of glycogen,saccharides,Movasaghi 2008
    IR,cm-1,1155,1166,C-O-C antisymmetric stretching,cellulose,Schwanninger 2004
    IR,cm-1,1105,1113,ring antisymmetric stretching,cellulose,Schwanninger 2004
    IR,cm-1,1025,1040,C-O stretching,cellulose,Schwanninger 2004
    IR,cm-1,892,902,C-H bending at the glycosidic carbon,cellulose,Schwanninger 2004
    IR,cm-1,1310,1340,CH2 wagging and O-H bending in plane,cellulose,Schwanninger 2004
    IR,cm-1,1365,1378,C-H bending,cellulose,Schwanninger 2004
    Raman,Raman shift,474,486,skeletal mode of starch and glycogen,saccharides,Wiercigroch 2017
    Raman,Raman shift,1455,1466,CH2 bending,starch,Kizil 2002
    Raman,Raman shift,1376,1388,C-O-H bending,starch,Kizil 2002
    Raman,Raman shift,1334,1346,C-O-H bending and CH2 twisting,starch,Kizil 2002
    Raman,Raman shift,1258,1268,CH2OH side chain,starch,Kizil 2002
    Raman,Raman shift,1120,1132,C-O stretching and C-O-H bending,starch,Kizil 2002
    Raman,Raman shift,1076,1090,C-O-H bending,starch,Kizil 2002
    Raman,Raman shift,934,946,C-O-C stretching of 1-4 glycosidic bonds,starch,Kizil 2002
    Raman,Raman shift,860,872,C-H and CH2 bending,starch,Kizil 2002
    NIR,nm,2090,2110,O-H and C-O combination,starch,Workman 2007
    """
}
