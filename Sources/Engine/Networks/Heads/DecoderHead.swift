import Requirements
public import Torch

/// Features back to an image, in place of logits: what an autoencoder has for a last layer. How far the image is from
/// the input says how strange the input is.
///
/// A linear layer to 4 × 4 pixels of 128 channels; then, until the side is reached, each pixel repeated 2 × 2 and a
/// 3 × 3 convolution, with half the channels but 16 at least; a last 3 × 3 convolution to three channels and a sigmoid.
/// Repeated pixels before a convolution leave no chequered pattern, as strided transposed ones do (Odena, Dumoulin,
/// Olah, "Deconvolution and Checkerboard Artifacts", Distill 2016).
///
/// The error of an image, e = 1 − SSIM, becomes scores of classes by a line each, z_c = a_c e + b_c; all 0, which says
/// nothing, until they are fitted.
public struct DecoderHead: Head {
  /// Side of the image in pixels.
  public let side: Int
  /// a, `[C]`; not learned by gradient.
  public let slopes: Tensor
  /// b, `[C]`; not learned by gradient.
  public let offsets: Tensor
  private let expand: Linear
  private let steps: LayerList<Convolution>
  private let last: Convolution

  /// Channels at 4 × 4 pixels.
  private static let width = 128

  /// An untrained head.
  ///
  /// - Parameters:
  ///   - features: length of a feature vector.
  ///   - classes: classes that an error is decoded to, at least 1.
  ///   - side: side of the image in pixels, a power of two from 16 on.
  ///   - initializer: makes the tensors.
  /// - Precondition: `classes` and `side` are in range.
  public init(features: Int, classes: Int, side: Int, using initializer: Initializer) {
    require(
      classes >= 1 && Self.isSide(side),
      "DecoderHead: expected at least 1 class and a side of 16, 32, 64, …, got \(classes) and \(side)"
    )
    self.side = side
    expand = Linear(features, Self.width * 16, using: initializer)
    var (channels, length, layers) = (Self.width, 4, [Convolution]())
    while length < side {
      let next = max(channels / 2, 16)
      layers.append(Convolution(channels, next, .init(3), bias: true, .heFanIn, using: initializer))
      (channels, length) = (next, length * 2)
    }
    steps = LayerList(layers)
    last = Convolution(channels, 3, .init(3), bias: true, .uniformFanIn, using: initializer)
    slopes = initializer.constant([classes], 0)
    offsets = initializer.constant([classes], 0)
  }

  private init(_ other: DecoderHead, slopes: Tensor, offsets: Tensor) {
    (side, expand, steps, last) = (other.side, other.expand, other.steps, other.last)
    (self.slopes, self.offsets) = (slopes, offsets)
  }

  /// Whether an image can have this side: a power of two from 16 to 512.
  static func isSide(_ side: Int) -> Bool { (16...512).contains(side) && side & (side - 1) == 0 }

  /// The same decoder, its layers shared, with other lines.
  ///
  /// - Parameters:
  ///   - slopes: a, `[C]`.
  ///   - offsets: b, `[C]`.
  /// - Precondition: one of each for each class.
  public func with(slopes: [Double], offsets: [Double]) -> DecoderHead {
    require(
      slopes.count == classes && offsets.count == classes,
      "DecoderHead.with: expected \(classes) slopes and offsets, got \(slopes.count) and "
        + "\(offsets.count)")
    func vector(_ values: [Double]) -> Tensor {
      Tensor(values, shape: [classes]).to(self.slopes.dtype).moved(to: self.slopes.device)
    }
    return DecoderHead(self, slopes: vector(slopes), offsets: vector(offsets))
  }

  /// `.decoder(side:)`.
  public var form: HeadForm { .decoder(side: side) }
  /// The number of classes that an error is decoded to.
  public var classes: Int { slopes.count }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, 3, side, side]`, in 0…1.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let seed = expand(x, context).relu().reshaped([x.shape[0], Self.width, 4, 4])
    let whole = steps.elements.reduce(seed) { image, layer in
      layer(image.pixelsDoubled(), context).relu()
    }
    return last(whole, context).sigmoid()
  }

  /// How far reconstructions are from images, e = 1 − SSIM, a mean over places and channels, in float32 at least.
  ///
  /// - Parameters:
  ///   - answer: what the head gave, `[N, 3, side, side]`.
  ///   - pixels: the images, `[N, 3, H, W]`, in 0…1; brought to the side by averages.
  /// - Returns: `[N]`, in 0…2.
  public static func errors(of answer: Tensor, for pixels: Tensor) -> Tensor {
    func wide(_ x: Tensor) -> Tensor { x.dtype == .float64 ? x : x.to(.float32) }
    let (made, given) = (wide(answer), wide(pixels))
    let same =
      given.shape == made.shape
      ? given : given.adaptiveAvgPool2d(height: made.shape[2], width: made.shape[3])
    return 1 - made.structuralSimilarity(to: same).mean(dims: [1, 2, 3])
  }

  /// z_c = a_c e + b_c, `[N, C]`.
  ///
  /// - Parameter errors: e, `[N]`.
  func scores(of errors: Tensor) -> Tensor {
    errors.unsqueezed(1) * slopes.to(errors.dtype) + offsets.to(errors.dtype)
  }

  /// Shows its layers, and the lines.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("expand", expand)
    visitor.layer("steps", steps)
    visitor.layer("last", last)
    visitor.buffer("slopes", slopes)
    visitor.buffer("offsets", offsets)
  }
}

extension Tensor {
  /// Each pixel repeated 2 × 2: `[N, C, H, W]` → `[N, C, 2H, 2W]`.
  func pixelsDoubled() -> Tensor {
    let (n, c, h, w) = (shape[0], shape[1], shape[2], shape[3])
    return reshaped([n, c, h, 1, w, 1]).expanded(to: [n, c, h, 2, w, 2])
      .reshaped([n, c, 2 * h, 2 * w])
  }
}
