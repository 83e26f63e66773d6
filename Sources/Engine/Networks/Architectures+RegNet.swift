extension Architectures {
  static let regNets = [
    regNet("004", RegNetSize(widths: [48, 104, 208, 440], depths: [1, 3, 6, 6], group: 8)),
    regNet("008", RegNetSize(widths: [64, 128, 320, 768], depths: [1, 3, 8, 2], group: 16)),
    regNet("016", RegNetSize(widths: [48, 120, 336, 888], depths: [2, 6, 17, 2], group: 24)),
    regNet("032", RegNetSize(widths: [72, 216, 576, 1512], depths: [2, 5, 13, 1], group: 24)),
  ]

  static let denseNet121 = Architecture(
    "densenet121",
    citation:
      "G. Huang, Z. Liu, L. van der Maaten, K. Q. Weinberger, Densely connected convolutional"
      + " networks, CVPR 2017",
    head: HeadStyle(name: "classifier", bias: .zero)
  ) { DenseNet(channels: $0, using: $1) }

  private static func regNet(_ name: String, _ size: RegNetSize) -> Architecture {
    Architecture(
      "regnety_\(name)",
      citation: "I. Radosavovic, R. P. Kosaraju, R. Girshick, K. He, P. Dollár, Designing network"
        + " design spaces, CVPR 2020",
      head: HeadStyle(name: "head.fc", distribution: .normal(deviation: 0.01), bias: .zero)
    ) { RegNet(size, channels: $0, using: $1) }
  }
}
