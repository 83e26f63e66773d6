/// What networks of the ViT family differ in.
struct VisionTransformerSize: Sendable {
  /// Channels of a token.
  let channels: Int
  /// Blocks.
  let depth: Int
  /// Heads of an attention.
  let heads: Int
  /// Side of a patch in pixels.
  var patch = 16
  /// Side of the images that learned positions stand for, in pixels.
  var side = 224
  /// Whether there is a class token.
  var hasClassToken = true
  /// Whether tokens are normalised before the first block, and patches have no bias: CLIP's towers.
  var normsFirst = false
  /// Tokens beside class token and patches, which hold what belongs to no place.
  var registers = 0
  /// Whether class token and registers have positions of their own.
  var embedsPrefix = true
  /// First value of the factors on both parts of a block; `nil` is without factors.
  var scale: Double?
  /// Whether positions are rotations of queries and keys, in place of learned vectors that are added.
  var rotates = false
  /// Between the layers of a perceptron.
  var activation = Activation.gelu

  static func small(patch: Int = 16) -> VisionTransformerSize {
    VisionTransformerSize(channels: 384, depth: 12, heads: 6, patch: patch)
  }
  static func base(patch: Int = 16) -> VisionTransformerSize {
    VisionTransformerSize(channels: 768, depth: 12, heads: 12, patch: patch)
  }
  static func large(patch: Int = 16) -> VisionTransformerSize {
    VisionTransformerSize(channels: 1024, depth: 24, heads: 16, patch: patch)
  }

  /// As DINOv2's: patches of 14 pixels of 518, factors; with registers, positions of patches alone.
  func dinoV2(registers: Int = 0) -> VisionTransformerSize {
    var size = self
    (size.patch, size.side, size.scale) = (14, 518, 1e-5)
    (size.registers, size.embedsPrefix) = (registers, registers == 0)
    return size
  }

  /// As DINOv3's: patches of 16 pixels, factors, four registers, rotations.
  func dinoV3() -> VisionTransformerSize {
    var size = self
    (size.patch, size.side, size.scale) = (16, 256, 1e-5)
    (size.registers, size.rotates, size.embedsPrefix) = (4, true, false)
    return size
  }

  /// As CLIP's image towers.
  ///
  /// - Parameter activation: `gelu`, or OpenAI's `quickGELU`.
  func clip(_ activation: Activation) -> VisionTransformerSize {
    var size = self
    (size.normsFirst, size.activation) = (true, activation)
    return size
  }

  /// As SigLIP's image towers: no class token.
  func sigLIP() -> VisionTransformerSize {
    var size = self
    (size.hasClassToken, size.embedsPrefix) = (false, false)
    return size
  }

  /// Tokens before those of the patches.
  var prefix: Int { (hasClassToken ? 1 : 0) + registers }
  /// Patches along a side of the images that learned positions stand for.
  var grid: Int { side / patch }
  /// ε of the normalisations.
  var epsilon: Double { rotates || normsFirst ? 1e-5 : 1e-6 }
}
