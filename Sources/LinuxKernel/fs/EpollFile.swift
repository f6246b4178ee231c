import LinuxABI

/// A set of files to wait for.
///
/// - SeeAlso: Linux `fs/eventpoll.c`.
final class EpollFile: File {
  /// What a program wants to know of one descriptor.
  final class Item {
    let descriptor: Int32
    /// The set must not keep files open.
    weak var file: File?
    var events: UInt32
    var data: UInt64
    fileprivate var table: PollTable?
    fileprivate var isListed = false

    init(_ descriptor: Int32, _ file: File, events: UInt32, data: UInt64) {
      self.descriptor = descriptor
      self.file = file
      self.events = events
      self.data = data
    }
  }

  static let (EPOLLET, EPOLLONESHOT): (UInt32, UInt32) = (1 << 31, 1 << 30)
  static let (EPOLLWAKEUP, EPOLLEXCLUSIVE): (UInt32, UInt32) = (1 << 29, 1 << 28)

  private var items: [Item] = []
  /// Items that may be ready, in the order in which they became so.
  private var ready: [Item] = []
  let queue = PollQueue()

  init(_ kernel: Kernel) {
    super.init(flags: .O_RDWR, path: kernel.vfs.anonPath)
  }

  deinit { for item in items { item.table?.clear() } }

  override var name: [UInt8] { Array("anon_inode:[eventpoll]".utf8) }

  override func poll(_ table: PollTable?) -> PollEvents {
    table?.poll_wait(queue)
    dropClosed()
    return ready.contains { !current($0).isEmpty } ? .readable : []
  }

  private func current(_ item: Item) -> PollEvents {
    guard let file = item.file else { return [] }
    let private_: UInt32 = Self.EPOLLET | Self.EPOLLONESHOT | Self.EPOLLWAKEUP | Self.EPOLLEXCLUSIVE
    let wanted = item.events & ~private_
    if wanted == 0 { return [] }
    return file.poll(nil).intersection(PollEvents(rawValue: wanted))
  }

  private func find(_ descriptor: Int32, _ file: File) -> Int? {
    items.firstIndex { $0.descriptor == descriptor && $0.file === file }
  }

  /// Files that were closed are in no set any more.
  private func dropClosed() {
    for item in items where item.file == nil { item.table?.clear() }
    items.removeAll { $0.file == nil }
    ready.removeAll { $0.file == nil }
  }

  /// Watches one more descriptor.
  func add(_ descriptor: Int32, _ file: File, _ events: UInt32, _ data: UInt64) throws(Errno) {
    dropClosed()
    if find(descriptor, file) != nil { throw .EEXIST }
    let item = Item(descriptor, file, events: events | 0x18, data: data)
    items.append(item)
    watch(item, file)
  }

  /// Enters the item where its file tells of changes, and looks whether it is ready now.
  private func watch(_ item: Item, _ file: File) {
    item.table?.clear()
    let table = PollTable { [weak self, weak item] events in
      guard let self, let item else { return }
      self.changed(item)
    }
    table.interest = PollEvents(rawValue: item.events & 0xffff)
    item.table = table
    let private_: UInt32 = Self.EPOLLET | Self.EPOLLONESHOT | Self.EPOLLWAKEUP | Self.EPOLLEXCLUSIVE
    let now = file.poll(table).intersection(PollEvents(rawValue: item.events & ~private_))
    if !now.isEmpty { changed(item) }
  }

  private func changed(_ item: Item) {
    if !item.isListed {
      item.isListed = true
      ready.append(item)
    }
    queue.wake_up(.readable)
  }

  /// Wants something else of a descriptor.
  func modify(_ descriptor: Int32, _ file: File, _ events: UInt32, _ data: UInt64) throws(Errno) {
    guard let index = find(descriptor, file) else { throw .ENOENT }
    let item = items[index]
    if item.events & Self.EPOLLEXCLUSIVE != 0 { throw .EINVAL }
    item.events = events | 0x18
    item.data = data
    watch(item, file)
  }

  /// Watches a descriptor no longer.
  func remove(_ descriptor: Int32, _ file: File) throws(Errno) {
    guard let index = find(descriptor, file) else { throw .ENOENT }
    let item = items.remove(at: index)
    item.table?.clear()
    ready.removeAll { $0 === item }
  }

  /// Takes what is ready: at most `limit` of it.
  ///
  /// - SeeAlso: Linux `fs/eventpoll.c` `ep_send_events`.
  func take(_ limit: Int) -> [(events: UInt32, data: UInt64)] {
    dropClosed()
    var result: [(events: UInt32, data: UInt64)] = []
    var again: [Item] = []
    var rest = ready[...]
    while result.count < limit, let item = rest.popFirst() {
      item.isListed = false
      let events = current(item)
      if events.isEmpty { continue }
      result.append((events.rawValue, item.data))
      if item.events & Self.EPOLLONESHOT != 0 {
        item.events &= Self.EPOLLET | Self.EPOLLONESHOT | Self.EPOLLWAKEUP | Self.EPOLLEXCLUSIVE
      } else if item.events & Self.EPOLLET == 0 {
        // Level triggered: it is asked again the next time.
        item.isListed = true
        again.append(item)
      }
    }
    ready = Array(rest) + again
    return result
  }

  /// Whether this set watches `other`, at whatever depth.
  func reaches(_ other: EpollFile, depth: Int = 0) -> Bool {
    if self === other { return true }
    if depth > 4 { return true }
    return items.contains { ($0.file as? EpollFile)?.reaches(other, depth: depth + 1) ?? false }
  }
}
