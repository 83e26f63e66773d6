extension Architectures {
  static let inceptionTime = Architecture(
    "inception_time",
    citation: "H. Ismail Fawaz et al., InceptionTime: finding AlexNet for time series"
      + " classification, Data Mining and Knowledge Discovery 34, 2020",
    of: .series, typicalShape: [1, 500], head: HeadStyle(name: "fc")
  ) { InceptionTime(inputs: $0, using: $1) }
}
