import Foundation
import TestSupport
import Testing

@testable import ONNXFormat

/// One file per family, one entry per operator.
struct ImportCatalogTests {
  @Test func `every file of operators is in the catalog`() throws {
    let folder = SharedData.packageRoot.appending(path: "Sources/ONNXFormat/Import/Operators")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    #expect(files.sorted() == ImportCatalog.families.map(\.file).sorted())
  }

  @Test func `every operator that was promised is there once`() {
    let promised = """
      Abs Acos Acosh Add AffineGrid And ArgMax Asin Asinh Atan Atanh Attention \
      AveragePool BatchNormalization \
      BlackmanWindow Cast Ceil Clip Compress Concat Constant ConstantOfShape Conv ConvInteger \
      ConvTranspose Cos Cosh CumSum DFT DepthToSpace DequantizeLinear Div Dropout \
      DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather \
      GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater \
      GreaterOrEqual GridSample GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish \
      Hardmax Identity If InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu \
      Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul MatMulInteger Max \
      MaxPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Neg \
      NonZero Not OneHot Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear \
      RMSNormalization RNN Range Reciprocal ReduceL1 ReduceL2 ReduceLogSumExp ReduceMax \
      ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu Reshape Resize \
      ReverseSequence RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu \
      Shape Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Sinh Size Slice Softmax Softplus \
      Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Swish Tan Tanh ThresholdedRelu Tile TopK \
      Transpose Trilu Unsqueeze Upsample Where Xor com.microsoft.Attention com.microsoft.BiasAdd \
      com.microsoft.BiasGelu com.microsoft.BiasSoftmax com.microsoft.DequantizeLinear \
      com.microsoft.DynamicQuantizeMatMul com.microsoft.FastGelu com.microsoft.FusedConv \
      com.microsoft.FusedGemm com.microsoft.FusedMatMul com.microsoft.Gelu \
      com.microsoft.MatMulInteger16 com.microsoft.MatMulIntegerToFloat \
      com.microsoft.MultiHeadAttention com.microsoft.NhwcMaxPool com.microsoft.QGemm \
      com.microsoft.QLinearAdd com.microsoft.QLinearAveragePool com.microsoft.QLinearConcat \
      com.microsoft.QLinearConv com.microsoft.QLinearGlobalAveragePool \
      com.microsoft.QLinearLeakyRelu com.microsoft.QLinearMul com.microsoft.QLinearReduceMean \
      com.microsoft.QLinearSigmoid com.microsoft.QLinearSoftmax com.microsoft.QLinearWhere \
      com.microsoft.QuantizeLinear com.microsoft.QuickGelu com.microsoft.SkipLayerNormalization \
      com.microsoft.SkipSimplifiedLayerNormalization com.microsoft.TransposeMatMul
      """.split(separator: " ").map(String.init)
    let names = ImportCatalog.entries.map(\.qualifiedName)
    #expect(Set(promised).subtracting(names).isEmpty)
    #expect(Set(names).count == names.count)
    #expect(ImportCatalog.entries.allSatisfy { !$0.summary.isEmpty })
  }
}
