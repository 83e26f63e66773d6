import Testing
import Torch

@Suite struct ConversionTests {
  private static let types = DType.allCases

  @Test(arguments: types) func everyTypeConvertsToEveryScalar(type: DType) {
    let x = Tensor([0, 1, 1] as [Int64], shape: [3]).to(type)
    #expect(x.dtype == type)
    #expect(x.scalars(as: Float.self) == [0, 1, 1])
    #expect(x.scalars(as: Double.self) == [0, 1, 1])
    #expect(x.scalars(as: Int64.self) == [0, 1, 1])
    #expect(x.scalars(as: Int32.self) == [0, 1, 1])
    #expect(x.scalars(as: UInt8.self) == [0, 1, 1])
    #expect(x.scalars(as: Bool.self) == [false, true, true])
    #expect(x.withBytes { $0.count } == 3 * type.bytes)
  }

  @Test func roundTripsEveryScalarType() {
    #expect(Tensor([-1.5, .infinity] as [Float], shape: [2]).scalars() == [-1.5, Float.infinity])
    #expect(Tensor([1e-300, -0.0] as [Double], shape: [2]).scalars() == [1e-300, -0.0])
    #expect(Tensor([.min, .max] as [Int64], shape: [2]).scalars() == [Int64.min, .max])
    #expect(Tensor([.min, .max] as [Int32], shape: [2]).scalars() == [Int32.min, .max])
    #expect(Tensor([0, 255] as [UInt8], shape: [2]).scalars() == [UInt8(0), 255])
    #expect(Tensor([true, false], shape: [2]).scalars() == [true, false])
    #expect(Tensor([Float.nan], shape: [1]).scalars(as: Float.self)[0].isNaN)
  }

  @Test func rowMajorWhateverTheLayout() {
    let x = Tensor((0..<12).map(Float.init), shape: [1, 3, 2, 2])
    #expect(x.channelsLast().scalars(as: Float.self) == x.scalars(as: Float.self))
    #expect(
      x.reshaped([3, 4]).transposed(0, 1).scalars(as: Int64.self)
        == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    x.channelsLast().withBytes { bytes in
      #expect(Array(bytes.bindMemory(to: Float.self)) == (0..<12).map(Float.init))
    }
  }

  @Test func empties() {
    let x = Tensor.zeros([0, 3])
    #expect(x.shape == [0, 3])
    #expect(x.count == 0)
    #expect(x.scalars(as: Float.self) == [])
    #expect(x.withBytes { $0.count } == 0)
    #expect(x.sum().item() == 0)
    #expect((x + 1).shape == [0, 3])
    #expect(x.matmul(Tensor.zeros([3, 2])).shape == [0, 2])
    #expect(Tensor.concatenated([x, Tensor.ones([2, 3])], dim: 0).shape == [2, 3])
    #expect(Tensor([] as [Float], shape: [0]).shape == [0])
    #expect("\(x)" == "Tensor(float32[0, 3], [])")
  }

  @Test func describesItself() {
    #expect("\(Tensor(Float(1.5)))" == "Tensor(float32[], [1.5])")
    #expect("\(Tensor.zeros([5, 5], dtype: .uint8))" == "Tensor(uint8[5, 5])")
  }

  @Test func copiesShareStorageAndClonesDoNot() {
    let x = Tensor.zeros([2])
    let (copy, clone) = (x, x.cloned())
    x.fill(1)
    #expect(copy.scalars(as: Float.self) == [1, 1])
    #expect(clone.scalars(as: Float.self) == [0, 0])
  }

  /// No silent promotion: the type that goes in comes out.
  @Test(arguments: [DType.float32, .float64, .bfloat16]) func typeInTypeOut(type: DType) {
    let x = spread([2, 4, 6, 6], from: 0.1).to(type)
    let (w, b) = (spread([4], turn: 1).to(type), spread([4], turn: 2).to(type))
    let results = [
      x + 1, 1 - x, x * 2, 2 / x, x / 3, x.pow(2), x.exp(), x.sigmoid(), x.relu(), x.relu6(),
      x.clamped(min: 0, max: 1), x.sum(), x.mean(dims: [1]), x.variance(unbiased: true),
      x.softmax(dim: 1), x.logSoftmax(dim: 1), x.logSumExp(dim: 1), x.norm(),
      x.conv2d(spread([4, 4, 3, 3]).to(type), b), x.maxPool2d(kernel: 2, stride: 2),
      x.avgPool2d(kernel: 2, stride: 2), x.adaptiveAvgPool2d(),
      x.groupNorm(groups: 2, weight: w, bias: b),
      x.batchNorm(
        weight: w, bias: b, mean: Tensor.zeros([4], dtype: type),
        variance: Tensor.ones([4], dtype: type), training: true),
      x.dropout(0.5, using: Generator(seed: 1)),
    ]
    #expect(results.allSatisfy { $0.dtype == type }, "\(results.map(\.dtype))")
  }

  @Test func integersWithNumbersBecomeFloat32() {
    let x = Tensor([1, 2] as [Int64], shape: [2])
    #expect((x + 1).dtype == .float32)
    #expect((x + x).dtype == .int64)
    #expect((x / 2).scalars(as: Float.self) == [0.5, 1])
    #expect((x + Tensor(Int64(1))).dtype == .int64)
  }
}
