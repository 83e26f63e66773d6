extension Architectures {
  private static func small(_ depth: Int) -> Architecture {
    Architecture(
      "resnet\(depth)",
      citation: "K. He, X. Zhang, S. Ren, J. Sun, Deep residual learning for image recognition,"
        + " CVPR 2016, section 4.2",
      imageSize: 32, head: HeadStyle(name: "linear", distribution: .heFanIn)
    ) { CIFARResNet(depth: depth, channels: $0, using: $1) }
  }

  static let resNet20 = small(20)
  static let resNet32 = small(32)
  static let resNet56 = small(56)
}
