/// The networks that can be built by name.
public enum Architectures {
  /// Every architecture, in the order in which they are listed to users: those of images, of features, of series.
  public static let all: [Architecture] =
    [
      mobileNetV2, resNet18, resNet34, resNet50, resNeXt50, resNet20, resNet32, resNet56, bitM,
      efficientNetLite0, efficientNetLite1, efficientNetLite2, efficientNetB0, efficientNetB1,
      efficientNetB2, efficientNetB3, efficientNetB4,
      mobileNetV3Small, mobileNetV3Large, efficientNetV2S, denseNet121,
    ] + torchEfficientNets + regNets + convNeXts + swinTransformers + visionTransformers
    + imageTowers + [linear, mlp, inceptionTime]

  /// Those that look at something.
  ///
  /// - Parameter input: images, features or series.
  public static func of(_ input: InputForm) -> [Architecture] { all.filter { $0.input == input } }

  /// The architecture of a name.
  ///
  /// - Parameter name: A name of ``all``; `-` and `_` are the same, as are capitals; or timm's name where it is another,
  ///   `tf_efficientnet_b0`.
  /// - Throws: ``UnknownArchitecture``, which lists the names there are.
  public static func named(_ name: String) throws(UnknownArchitecture) -> Architecture {
    let plainName = plain(name)
    let wanted =
      plainName.hasPrefix("tf_efficientnet") ? String(plainName.dropFirst(3)) : plainName
    guard let found = all.first(where: { plain($0.name) == wanted }) else {
      throw UnknownArchitecture(name: name, known: all.map(\.name))
    }
    return found
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
  }
}

/// A name that is not in the catalogue.
public struct UnknownArchitecture: Error, Equatable, CustomStringConvertible {
  /// The name asked for.
  public let name: String
  /// The names there are.
  public let known: [String]

  /// What was asked for and what there is.
  public var description: String {
    "no network is called '\(name)'; there are: \(known.joined(separator: ", "))"
  }
}
