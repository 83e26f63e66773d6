extension Architectures {
  static let linear = Architecture(
    "linear",
    citation: "D. R. Cox, The regression analysis of binary sequences, JRSS B, 1958",
    of: .features, typicalShape: [1024], head: HeadStyle(name: "fc")
  ) { inputs, _ in FeatureVector(featureCount: inputs) }

  static let mlp = Architecture(
    "mlp",
    citation: "S. Ioffe, C. Szegedy, Batch normalization: accelerating deep network training by"
      + " reducing internal covariate shift, ICML 2015",
    of: .features, typicalShape: [1024], head: HeadStyle(name: "fc")
  ) { MLP(inputs: $0, using: $1) }
}
