import OrderedCollections
import Torch
import Weights

extension WeightSpelling {
  /// Spellings that are told tensor by tensor.
  static let placed = [
    of("convnext", "downsample_layers.0.0.weight", convNeXt, ConvNeXtPlaces.ofAuthors),
    of(torchvision, "features.1.0.layer_scale", convNeXt, ConvNeXtPlaces.ofTorchvision),
    of(
      "transformers", "embeddings.patch_embeddings.weight", convNeXt, head: "head.fc",
      ConvNeXtPlaces.ofTransformers),
    // Before the authors': it has their name, too, behind `encoder.`.
    of(
      "transformers", "embeddings.patch_embeddings.projection.weight", swin, head: "head.fc",
      SwinPlaces.ofTransformers),
    of("swin", "layers.0.downsample.reduction.weight", swin, SwinPlaces.ofAuthors),
    of(
      torchvision, "features.1.0.attn.relative_position_bias_table", swin,
      SwinPlaces.ofTorchvision),
    of(torchvision, "encoder.pos_embedding", transformer, TowerPlaces.ofTorchvision),
    of(
      "transformers", "embeddings.patch_embedding.weight", transformer, TowerPlaces.ofTransformers),
    of("open_clip", "ln_pre.weight", transformer, TowerPlaces.ofOpenCLIP),
    of(
      torchvision, "trunk_output.block1.block1-0.f.a.0.weight", "s1.b1.conv1.conv.weight",
      ConvolutionPlaces.ofRegNet),
    of(
      torchvision, "features.1.0.block.1.fc1.weight", "blocks.0.0.se.conv_reduce.weight",
      ConvolutionPlaces.ofEfficientNet),
  ]

  private static let convNeXt = "stages.0.blocks.0.conv_dw.weight"
  private static let swin = "layers.0.blocks.0.attn.relative_position_bias_table"
  private static let transformer = "blocks.0.attn.qkv.weight"

  /// A spelling of places.
  ///
  /// - Parameters:
  ///   - name: the package.
  ///   - anchor: a name that only files of it have; what stands before it stands before all, and is left out.
  ///   - marker: a tensor that only networks have that it spells.
  ///   - head: what the network calls a last layer that stands beside the backbone, as `classifier`; `nil` where there is
  ///     none.
  ///   - place: where a tensor stands; `nil` of one that is not known.
  private static func of(
    _ name: String, _ anchor: String, _ marker: String, head: String? = nil,
    _ place: @escaping @Sendable (String) -> TensorPlace?
  ) -> WeightSpelling {
    WeightSpelling(name: name) { weights, own in
      guard own.contains(marker), !own.contains(anchor),
        let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) })
      else { return nil }
      let prefix = String(found.dropLast(anchor.count))
      var placing = Placing()
      for (key, tensor) in weights {
        if let head, let last = classifier(key, beside: prefix) {
          placing.add(tensor, at: .whole("\(head).\(last)"), key)
        } else {
          let name = key.hasPrefix(prefix) ? place(String(key.dropFirst(prefix.count))) : nil
          placing.add(tensor, at: name ?? .whole(key), key)
        }
      }
      return placing.finished()
    }
  }

  /// `weight` of `module.classifier.weight` beside the backbone `module.swin.`.
  private static func classifier(_ key: String, beside prefix: String) -> String? {
    let outer = prefix.split(separator: ".").dropLast().map { $0 + "." }.joined()
    guard key.hasPrefix(outer + "classifier.") else { return nil }
    let last = String(key.dropFirst(outer.count + "classifier.".count))
    return ["weight", "bias"].contains(last) ? last : nil
  }

  /// Tensors on their way to their places.
  private struct Placing {
    private var placed = StateDict()
    private var thirds = OrderedDictionary<String, [Int: (key: String, tensor: Tensor)]>()

    mutating func add(_ tensor: Tensor, at place: TensorPlace, _ key: String) {
      switch place {
      case .whole(let name): placed[name] = tensor
      case .flat(let name): placed[name] = withoutGradients { tensor.reshaped([tensor.count]) }
      case .batched(let name):
        let ones = [Int](repeating: 1, count: max(0, 3 - tensor.rank))
        placed[name] = withoutGradients { tensor.reshaped(ones + tensor.shape) }
      case .third(let name, let part): thirds[name, default: [:]][part] = (key, tensor)
      case .divided(let queries, let others):
        let width = (tensor.shape.first ?? 0) / 3
        guard width > 0 else {
          placed[key] = tensor
          return
        }
        withoutGradients {
          placed[queries] = tensor.narrowed(dim: 0, start: 0, length: width).cloned()
          placed[others] = tensor.narrowed(
            dim: 0, start: width, length: tensor.shape[0] - width
          ).cloned()
        }
      case .implied: break
      }
    }

    /// The weights; where one of three parts is missing, the network's own name is, and the others are left as they were.
    func finished() -> StateDict {
      var result = placed
      for (name, parts) in thirds {
        let all = (0..<3).compactMap { parts[$0]?.tensor }
        if all.count == 3 {
          result[name] = withoutGradients { Tensor.concatenated(all, dim: 0) }
        } else {
          for part in (0..<3).compactMap({ parts[$0] }) { result[part.key] = part.tensor }
        }
      }
      return result
    }
  }
}
