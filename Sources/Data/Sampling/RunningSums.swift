extension ClassCounts {
  /// Where each class begins among rows that are counted by class, and the end of the last, `[C + 1]`.
  package var starts: [Int] {
    var starts = [0]
    starts.reserveCapacity(count + 1)
    for n in counts { starts.append(starts[starts.count - 1] + n) }
    return starts
  }
}

extension Array where Element: Comparable {
  /// The first place of an element above `value`, in an array whose elements never fall; the last place where none is.
  ///
  /// - Parameter value: in starts of classes, a row: it belongs to the class before the place.
  package func firstPlace(above value: Element) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
