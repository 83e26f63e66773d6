extension Architectures {
  static let mobileNetV3Small = mobileNetV3("small", isLarge: false)
  static let mobileNetV3Large = mobileNetV3("large", isLarge: true)

  static let efficientNetV2S = Architecture(
    "efficientnetv2_s",
    citation: "M. Tan, Q. V. Le, EfficientNetV2: smaller models and faster training, ICML 2021",
    imageSize: 300, normalization: .symmetric, head: HeadStyle(name: "classifier", bias: .zero)
  ) { EfficientNetV2(channels: $0, using: $1) }

  private static func mobileNetV3(_ size: String, isLarge: Bool) -> Architecture {
    Architecture(
      "mobilenetv3_\(size)_100",
      citation: "A. Howard et al., Searching for MobileNetV3, ICCV 2019",
      head: HeadStyle(name: "classifier", bias: .zero)
    ) { MobileNetV3(isLarge: isLarge, channels: $0, using: $1) }
  }
}
