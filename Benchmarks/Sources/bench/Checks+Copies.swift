import Batches
import Torch

extension Check {
  static let copies = [
    Check(name: "copies there and back", bound: 0) { device in
      let values = (drawn([4, 3, 5, 5], seed: 15) * 40).abs()
      let kinds = DType.allCases.map { values.to($0) }
      return deviation(try kinds.map { try $0.to(device).moved(to: .cpu) }, from: kinds)
    },
    Check(name: "copies stay channels-last", bound: 0) { device in
      try drawn([4, 3, 5, 5], seed: 15).to(device).isChannelsLast ? 0 : .infinity
    },
    Check(name: "normalised pixels", bound: 1e-6) { device in
      let pixels = (drawn([4, 9, 9, 3], seed: 16) * 60).abs().contiguous().to(.uint8)
      let normalization = Normalization(mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])
      return deviation([normalization(try pixels.to(device))], from: [normalization(pixels)])
    },
    Check(name: "draws of a seed", bound: 0) { device in
      func drops(on device: Device) -> Tensor {
        Tensor.ones([64, 64], device: device).dropout(0.3, using: Generator(seed: 17))
      }
      let found = [drops(on: device), drops(on: device)]
      return deviation(found, from: [drops(on: .cpu), drops(on: .cpu)])
    },
  ]
}
