extension BandText {
  /// Bands of carbonates, sulfates, phosphates, silicates and oxides.
  static let minerals = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,1400,1450,CO3 antisymmetric stretching,carbonates,Andersen 1991
    IR,cm-1,870,880,CO3 bending out of plane,calcite,Andersen 1991
    IR,cm-1,708,716,CO3 bending in plane,calcite,Andersen 1991
    IR,cm-1,851,861,CO3 bending out of plane,aragonite,Andersen 1991
    IR,cm-1,3688,3700,O-H stretching (inner surface),kaolinite,Madejova 2003
    IR,cm-1,3614,3626,O-H stretching (inner),kaolinite,Madejova 2003
    IR,cm-1,1027,1039,Si-O stretching,kaolinite,Madejova 2003
    IR,cm-1,1004,1016,Si-O stretching,kaolinite,Madejova 2003
    IR,cm-1,908,920,Al-O-H bending,kaolinite,Madejova 2003
    IR,cm-1,533,545,Al-O-Si bending,kaolinite,Madejova 2003
    IR,cm-1,464,476,Si-O-Si bending,kaolinite,Madejova 2003
    IR,cm-1,1060,1100,Si-O antisymmetric stretching,quartz,Farmer 1974
    IR,cm-1,774,802,Si-O symmetric stretching,quartz,Farmer 1974
    IR,cm-1,690,698,Si-O bending,quartz,Farmer 1974
    IR,cm-1,1110,1150,SO4 antisymmetric stretching,gypsum,Farmer 1974
    IR,cm-1,666,674,SO4 bending,gypsum,Farmer 1974
    IR,cm-1,596,606,SO4 bending,gypsum,Farmer 1974
    IR,cm-1,1616,1624,H-O-H bending,gypsum,Farmer 1974
    IR,cm-1,1025,1095,PO4 antisymmetric stretching,apatite,Elliott 1994
    IR,cm-1,958,966,PO4 symmetric stretching,apatite,Elliott 1994
    IR,cm-1,595,610,PO4 bending,apatite,Elliott 1994
    IR,cm-1,555,570,PO4 bending,apatite,Elliott 1994
    Raman,Raman shift,1081,1091,CO3 symmetric stretching,calcite,Buzgar 2009a
    Raman,Raman shift,707,717,CO3 bending in plane,calcite,Buzgar 2009a
    Raman,Raman shift,277,287,lattice,calcite,Buzgar 2009a
    Raman,Raman shift,150,160,lattice,calcite,Buzgar 2009a
    Raman,Raman shift,1080,1090,CO3 symmetric stretching,aragonite,Buzgar 2009a
    Raman,Raman shift,698,708,CO3 bending in plane,aragonite,Buzgar 2009a
    Raman,Raman shift,201,211,lattice,aragonite,Buzgar 2009a
    Raman,Raman shift,148,158,lattice,aragonite,Buzgar 2009a
    Raman,Raman shift,1093,1103,CO3 symmetric stretching,dolomite,Buzgar 2009a
    Raman,Raman shift,720,730,CO3 bending in plane,dolomite,Buzgar 2009a
    Raman,Raman shift,294,304,lattice,dolomite,Buzgar 2009a
    Raman,Raman shift,171,181,lattice,dolomite,Buzgar 2009a
    Raman,Raman shift,1003,1013,SO4 symmetric stretching,gypsum,Buzgar 2009b
    Raman,Raman shift,1130,1140,SO4 antisymmetric stretching,gypsum,Buzgar 2009b
    Raman,Raman shift,613,623,SO4 bending,gypsum,Buzgar 2009b
    Raman,Raman shift,488,498,SO4 bending,gypsum,Buzgar 2009b
    Raman,Raman shift,409,419,SO4 bending,gypsum,Buzgar 2009b
    Raman,Raman shift,459,469,Si-O-Si symmetric stretching and bending,quartz,Kingma 1994
    Raman,Raman shift,201,211,lattice,quartz,Kingma 1994
    Raman,Raman shift,123,133,lattice,quartz,Kingma 1994
    Raman,Raman shift,220,230,Fe-O,hematite,de Faria 1997
    Raman,Raman shift,287,297,Fe-O,hematite,de Faria 1997
    Raman,Raman shift,406,416,Fe-O,hematite,de Faria 1997
    Raman,Raman shift,606,616,Fe-O,hematite,de Faria 1997
    Raman,Raman shift,294,304,Fe-O,goethite,de Faria 1997
    Raman,Raman shift,380,390,Fe-O,goethite,de Faria 1997
    Raman,Raman shift,657,669,Fe-O,magnetite,de Faria 1997
    Raman,Raman shift,139,149,O-Ti-O,anatase,Ohsaka 1978
    Raman,Raman shift,394,404,O-Ti-O,anatase,Ohsaka 1978
    Raman,Raman shift,511,521,Ti-O,anatase,Ohsaka 1978
    Raman,Raman shift,634,644,Ti-O,anatase,Ohsaka 1978
    Raman,Raman shift,955,965,PO4 symmetric stretching,apatite,Awonusi 2007
    Raman,Raman shift,1066,1076,CO3 symmetric stretching (substituted),apatite,Awonusi 2007
    Raman,Raman shift,426,436,PO4 bending,apatite,Awonusi 2007
    Raman,Raman shift,585,595,PO4 bending,apatite,Awonusi 2007
    """
}
