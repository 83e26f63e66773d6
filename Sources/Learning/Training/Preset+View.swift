import Imaging
import Plans

extension Preset {
  /// The random part of a view.
  func transform(of view: View) -> any Transform {
    switch view {
    case .standard: random
    case .strong: strong
    }
  }
}
