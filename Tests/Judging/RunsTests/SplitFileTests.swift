import Datasets
import Files
import Randomness
import Runs
import TestSupport
import Testing

@Suite struct SplitFileTests {
  @Test func splitsComeBack() throws {
    try withTemporaryFolder { folder in
      let data = Samples.dataset([[30, 9], [12, 1], [4, 4], [20, 2]], split: nil)
      let split = try Splitter(key: RandomKey(seed: 4)).split(data).dataset
      try SplitFile.write(split, to: "\(folder)/split.csv")
      #expect(try SplitFile.apply("\(folder)/split.csv", to: data).examples == split.examples)
      let text = String(decoding: try FileBytes.read("\(folder)/split.csv"), as: UTF8.self)
      #expect(text.hasPrefix("path,label,group,split\n0/0/0,c0,g0,"))
    }
  }

  @Test func labelsAreThoseOfTheDataWhateverTheirNames() throws {
    try withTemporaryFolder { folder in
      let data = Samples.dataset([[3, 2]], split: .train)
      try AtomicFile.write("class,name\nc1,second\nc0,first\n", to: "\(folder)/n.csv")
      let named = try data.naming(ClassNames.read("\(folder)/n.csv"))
      #expect(named.examples.first?.label == "first")
      try SplitFile.write(named, to: "\(folder)/named.csv")
      try SplitFile.write(data, to: "\(folder)/data.csv")
      #expect(try FileBytes.read("\(folder)/named.csv") == FileBytes.read("\(folder)/data.csv"))
    }
  }

  @Test func everyDifferenceIsSaid() throws {
    try withTemporaryFolder { folder in
      let data = Samples.dataset([[2, 1]], split: nil)
      let path = "\(folder)/s.csv"
      let text = "path,label,split\n0/0/0,c1,train\nnone,c0,val\n0/1/0,c1,later\n0/0/0,c0,test\n"
      try AtomicFile.write(text, to: path)
      let error = #expect(throws: DatasetError.self) { try SplitFile.apply(path, to: data) }
      #expect(
        error?.description == """
          \(path):2: the image '0/0/0' is 'c1' here but 'c0' in the data
          \(path):3: the image 'none' is not in the data; remove the row
          \(path):4: 'later' in column 'split' is no split; accepted: \(Split.accepted)
          \(path):5: the image '0/0/0' is listed already in line 2; remove one row
          t.csv:3: the image '0/0/1' has no row in \(path); add it or make a new split
          """)
      try AtomicFile.write("path,label\n", to: path)
      let header = #expect(throws: DatasetError.self) { try SplitFile.apply(path, to: data) }
      #expect(
        header?.description
          == "\(path):1: a split file needs the columns path and split, found path, label")
    }
  }

  @Test func theTableOfARunOfVersion01() throws {
    let images = try SplitFile.images(of: .val, in: OldRun.path("run/split.csv"))
    #expect(images.count == 13)
    #expect(images[0].path == "images/val/blood-0.png" && images[0].group == "val-p0")
    #expect(images[0].label == "blood")
    let data = try Dataset.open(OldRun.path("images.csv"))
    let laid = try SplitFile.apply(OldRun.path("run/split.csv"), to: data)
    #expect(laid.examples.map(\.split) == data.examples.map(\.split))
  }
}
