// swift-tools-version: 6.2
import PackageDescription

// Every Swift target is compiled with these; the exception is noted where it is made.
let languageSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
let strictSettings = languageSettings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

/// One of our Swift targets and the test target of the same name; both lie in a folder of `Sources`
/// and `Tests` if one is named.
func module(
  _ name: String, in folder: String? = nil, _ dependencies: [Target.Dependency],
  tests: [Target.Dependency] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, path: folder.map { "Sources/\($0)/\(name)" },
      swiftSettings: strictSettings),
    .testTarget(
      name: name + "Tests",
      dependencies: [.target(name: name)] + dependencies + tests + ["TestSupport"],
      path: folder.map { "Tests/\($0)/\(name)Tests" }, swiftSettings: strictSettings),
  ]
}

let systemLibraries: [Target] = [
  .systemLibrary(name: "CDNNL", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
  .systemLibrary(
    name: "CZLIB", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
  .systemLibrary(
    name: "CCrypto", pkgConfig: "libcrypto",
    providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
  .systemLibrary(
    name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
  .systemLibrary(
    name: "CTurboJPEG", pkgConfig: "libturbojpeg",
    providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
  .systemLibrary(
    name: "CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"]), .brew(["libtiff"])]),
  .systemLibrary(
    name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"]), .brew(["webp"])]),
  .systemLibrary(
    name: "CLAPACK", pkgConfig: "openblas",
    providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
  .systemLibrary(
    name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
]

let core: [Target] = [
  module("Catalogs", []),
  module("TensorCore", ["CZLIB"]),
  module("Statistics", [], tests: ["TensorCore"]),
  module("GraphIR", ["TensorCore"]),
  module("Operations", ["GraphIR", "TensorCore"]),
  module(
    "GraphRewriting", ["Catalogs", "Operations", "GraphIR", "TensorCore"],
    tests: ["GraphExecution"]),
  module("GraphExecution", ["Operations", "GraphIR", "TensorCore", "CDNNL"]),
].flatMap(\.self)

let formats: [Target] =
  [
    // Generated code does not compile under strict memory safety.
    .target(
      name: "ONNXSchema", dependencies: [protobuf], exclude: ["README.md", "onnx.proto"],
      swiftSettings: languageSettings)
  ]
  + [
    module(
      "ONNXFormat", ["ONNXSchema", "Operations", "GraphIR", "TensorCore", protobuf],
      tests: ["GraphExecution", "GraphRewriting"]),
    module("ImageData", ["Catalogs", "TensorCore", "CPNG", "CTurboJPEG", "CTIFF", "CWebP"]),
    module("SpectralData", ["Catalogs", "TensorCore"]),
  ].flatMap(\.self)

let explanations: [Target] = [
  module(
    "Explanations",
    [
      "Catalogs", "GraphRewriting", "GraphExecution", "ONNXFormat", "Operations", "GraphIR",
      "TensorCore", "CCrypto",
    ]),
  module("Figures", ["ImageData", "SpectralData", "TensorCore", "CCairo"]),
  module("Reports", ["Figures", mustache]),
  module(
    "Workflows",
    [
      "Catalogs", "Explanations", "Figures", "Reports", "ImageData", "SpectralData", "Statistics",
      "ONNXFormat", "GraphRewriting", "GraphExecution", "Operations", "GraphIR", "TensorCore",
    ], tests: ["NetworkTraining"]),
].flatMap(\.self)

// Which map may be believed; nothing above needs it.
let evaluation: [Target] = [
  module(
    "ExplanationQuality", ["Catalogs", "Explanations", "Statistics", "TensorCore"]),
  module("Truth", ["Catalogs", "ImageData", "SpectralData"], tests: ["TensorCore"]),
  module(
    "Evaluation",
    [
      "ExplanationQuality", "Explanations", "GraphExecution", "Statistics", "Catalogs",
      "TensorCore", grdb,
    ], tests: ["GraphIR", "Operations", "ONNXFormat"]),
  module("EvaluationFigures", ["Figures", "ImageData", "Statistics"]),
  module(
    "EvaluationWorkflows",
    [
      "Evaluation", "EvaluationFigures", "ExplanationQuality", "Truth", "Workflows", "Reports",
      "Explanations", "Figures", "ImageData", "SpectralData", "Statistics", "GraphExecution",
      "Catalogs", "TensorCore",
    ]),
].flatMap(\.self)

// Training and studies of spectra; nothing above needs them.
let studies: [Target] = [
  module("Chemometrics", in: "Study", ["SpectralData", "Statistics", "TensorCore", "CLAPACK"]),
  module(
    "NetworkTraining", in: "Study",
    [
      "Catalogs", "SpectralData", "Statistics", "GraphRewriting", "GraphExecution", "ONNXFormat",
      "Operations", "GraphIR", "TensorCore",
    ]),
  module(
    "PictureTraining", in: "Study",
    [
      "NetworkTraining", "Explanations", "ImageData", "GraphRewriting", "GraphExecution",
      "ONNXFormat", "Operations", "GraphIR", "TensorCore",
    ]),
  module(
    "StudyEngine", in: "Study",
    [
      "NetworkTraining", "Chemometrics", "ExplanationQuality", "Explanations", "Catalogs",
      "SpectralData", "Statistics", "GraphExecution", "TensorCore",
    ]),
  module(
    "StudyFigures", in: "Study", ["Figures", "ImageData", "SpectralData", "Statistics"],
    tests: ["TensorCore"]),
  module(
    "StudyReports", in: "Study",
    [
      "StudyEngine", "StudyFigures", "EvaluationFigures", "ExplanationQuality", "Reports",
      "NetworkTraining", "Chemometrics", "Explanations", "Figures", "SpectralData", "Statistics",
      "TensorCore",
    ]),
  module(
    "StudyWorkflows", in: "Study",
    [
      "StudyReports", "StudyEngine", "PictureTraining", "NetworkTraining", "Chemometrics",
      "Workflows", "Explanations", "Figures", "GraphExecution", "ImageData", "SpectralData",
      "Statistics", "TensorCore",
    ]),
].flatMap(\.self)

let products: [Target] = [
  .target(
    name: "Vitrine",
    dependencies: [
      "Workflows", "Explanations", "Figures", "ImageData", "SpectralData", "GraphRewriting",
      "GraphExecution", "Operations", "GraphIR", "TensorCore", "Catalogs",
    ],
    swiftSettings: strictSettings),
  .testTarget(
    name: "VitrineTests", dependencies: ["Vitrine", "TestSupport"], swiftSettings: strictSettings),
  .target(
    name: "VitrineEvaluation",
    dependencies: [
      "EvaluationWorkflows", "Evaluation", "ExplanationQuality", "Statistics", "Vitrine",
    ],
    swiftSettings: strictSettings),
  .testTarget(
    name: "VitrineEvaluationTests", dependencies: ["VitrineEvaluation"],
    swiftSettings: strictSettings),
  .target(
    name: "VitrineStudy",
    dependencies: [
      "StudyWorkflows", "StudyReports", "StudyEngine", "NetworkTraining", "Chemometrics",
      "ExplanationQuality", "Statistics", "Reports", "Vitrine",
    ],
    swiftSettings: strictSettings),
  .testTarget(
    name: "VitrineStudyTests", dependencies: ["VitrineStudy"], swiftSettings: strictSettings),
  .executableTarget(
    name: "CommandLineTool",
    dependencies: [
      "Workflows", "EvaluationWorkflows", "Evaluation", "ExplanationQuality", "StudyWorkflows",
      "StudyEngine",
      "PictureTraining", "NetworkTraining", "Chemometrics",
      "Statistics", "Explanations", "Figures", "GraphExecution", "ImageData", "SpectralData",
      "TensorCore", "Catalogs", argumentParser,
    ],
    swiftSettings: strictSettings),
  .testTarget(
    name: "CommandLineToolTests",
    dependencies: ["CommandLineTool", "ImageData", "TestSupport"],
    swiftSettings: strictSettings),
  .target(
    name: "TestSupport", dependencies: ["ONNXFormat", "Operations", "GraphIR", "TensorCore"],
    path: "Tests/TestSupport",
    // Literal references take most of the time of the tests where nothing is optimized.
    swiftSettings: strictSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
]

let package = Package(
  name: "Vitrine",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "Vitrine", targets: ["Vitrine"]),
    // Vitrine with training and studies of spectra.
    .library(name: "VitrineStudy", targets: ["VitrineStudy"]),
    // Vitrine with the judgement of maps.
    .library(name: "VitrineEvaluation", targets: ["VitrineEvaluation"]),
    // What the benchmarks measure, without pictures, figures and command line.
    .library(
      name: "VitrineEngine",
      targets: [
        "ExplanationQuality", "Explanations", "NetworkTraining", "GraphExecution",
        "GraphRewriting", "ONNXFormat", "Operations", "GraphIR", "TensorCore", "Catalogs",
      ]),
    .executable(name: "vitrine", targets: ["CommandLineTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: systemLibraries + core + formats + explanations + evaluation + studies + products,
  swiftLanguageModes: [.v6]
)
