/// How much several branches of a network share. With `heads` they share everything up to the features, and each has
/// a head of its own.
///
/// | network | `lateStages`: a branch's own | `lastBlock`: a branch's own |
/// |---|---|---|
/// | ResNets for CIFAR | `layer2`, `layer3` | the last block of `layer3` |
/// | ResNets, ResNeXt | `layer3`, `layer4` | the last block of `layer4` |
/// | MobileNetV2 | `features.14` to `features.18` | `features.17`, `features.18` |
/// | BiT | `body.block4`, `head.gn` | the last unit of `body.block4`, `head.gn` |
/// | EfficientNet | `blocks.5`, `blocks.6`, `conv_head` | the last block, `conv_head` |
/// | ConvNeXt | `stages.3`, `head.norm` | the last block, `head.norm` |
/// | ViT | the last quarter of the blocks, `norm` | the last block, `norm` |
/// | MLP | its last hidden layer | the same |
/// | InceptionTime | the last three modules | the same |
/// | linear | its head alone | the same |
public enum Division: String, Sendable, Equatable, Codable {
  /// Each branch has the late stages for itself, as the experts of RIDE and SADE.
  case lateStages = "late-stages"
  /// Each branch has the last residual block for itself, as the branches of BBN.
  case lastBlock = "last-block"
  /// Each branch has its head alone for itself, as the two classifiers of GLMC.
  case heads
}
