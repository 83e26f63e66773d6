extension Architectures {
  private static let residual =
    "K. He, X. Zhang, S. Ren, J. Sun, Deep residual learning for image recognition, CVPR 2016"

  static let mobileNetV2 = Architecture(
    "mobilenet_v2",
    citation: "M. Sandler, A. Howard, M. Zhu, A. Zhmoginov, L.-C. Chen,"
      + " MobileNetV2: inverted residuals and linear bottlenecks, CVPR 2018",
    head: HeadStyle(name: "classifier.1", distribution: .normal(deviation: 0.01), bias: .zero)
  ) { MobileNetV2(channels: $0, using: $1) }

  static let resNet18 = Architecture("resnet18", citation: residual, head: HeadStyle(name: "fc")) {
    ResNet.basic([2, 2, 2, 2], channels: $0, using: $1)
  }

  static let resNet34 = Architecture("resnet34", citation: residual, head: HeadStyle(name: "fc")) {
    ResNet.basic([3, 4, 6, 3], channels: $0, using: $1)
  }

  static let resNet50 = Architecture("resnet50", citation: residual, head: HeadStyle(name: "fc")) {
    ResNet.bottleneck([3, 4, 6, 3], channels: $0, using: $1)
  }

  static let resNeXt50 = Architecture(
    "resnext50_32x4d",
    citation: "S. Xie, R. Girshick, P. Dollár, Z. Tu, K. He,"
      + " Aggregated residual transformations for deep neural networks, CVPR 2017",
    head: HeadStyle(name: "fc")
  ) {
    ResNet.bottleneck([3, 4, 6, 3], groups: 32, groupWidth: 4, channels: $0, using: $1)
  }

  static let bitM = Architecture(
    "bit_m_r50x1",
    citation: "A. Kolesnikov, L. Beyer, X. Zhai, J. Puigcerver, J. Yung, S. Gelly, N. Houlsby,"
      + " Big Transfer (BiT): general visual representation learning, ECCV 2020",
    normalization: .symmetric,
    head: HeadStyle(name: "head.conv", form: .pointwise, distribution: .zero, bias: .zero)
  ) { BiTResNet(channels: $0, using: $1) }
}
