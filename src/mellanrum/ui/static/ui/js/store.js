/** IndexedDB with memory behind it: what people write survives reload, lock and restart where the browser allows. */

const DATABASE = "mellanrum";
const TABLES = {
  outbox: { keyPath: "n", autoIncrement: true },
  drafts: { keyPath: "key" },
  refused: { keyPath: "id" },
  rooms: { keyPath: "code" },
};

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(TABLES)) request.result.createObjectStore(name, options);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

function finished(transaction, answer = () => undefined) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(answer());
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

class Disk {
  constructor(database) {
    this.database = database;
    database.onversionchange = () => database.close();
  }

  all(name) {
    const transaction = this.database.transaction(name);
    const request = transaction.objectStore(name).getAll();
    return finished(transaction, () => request.result);
  }

  put(name, value) {
    const transaction = this.database.transaction(name, "readwrite");
    transaction.objectStore(name).put(value);
    transaction.commit?.(); // now, so that a page that is left in the same moment has it
    return finished(transaction);
  }

  remove(name, keys) {
    const transaction = this.database.transaction(name, "readwrite");
    for (const key of keys) transaction.objectStore(name).delete(key);
    transaction.commit?.();
    return finished(transaction);
  }

  /** `plan(all)` says {put, remove} with the whole table before it, in one transaction. */
  change(name, plan) {
    const transaction = this.database.transaction(name, "readwrite");
    const table = transaction.objectStore(name);
    table.getAll().onsuccess = (event) => {
      const { put = [], remove = [] } = plan(event.target.result);
      for (const key of remove) table.delete(key);
      for (const value of put) table.put(value);
    };
    return finished(transaction);
  }
}

class Memory {
  tables = Object.fromEntries(Object.keys(TABLES).map((name) => [name, new Map()]));
  last = 0;

  async all(name) {
    return [...this.tables[name].values()];
  }

  async put(name, value) {
    const { keyPath } = TABLES[name];
    const row = keyPath in value ? value : { ...value, [keyPath]: ++this.last };
    this.tables[name].set(row[keyPath], row);
  }

  async remove(name, keys) {
    for (const key of keys) this.tables[name].delete(key);
  }

  async change(name, plan) {
    const { put = [], remove = [] } = plan(await this.all(name));
    await this.remove(name, remove);
    for (const value of put) await this.put(name, value);
  }
}

/** A store that goes on in memory when the disk stops taking things; `isLasting` says which it is. */
class Store {
  constructor(disk) {
    this.disk = disk;
    this.memory = new Memory();
  }

  get isLasting() {
    return this.disk !== null;
  }

  async attempt(work) {
    if (this.disk) {
      try {
        return await work(this.disk);
      } catch {
        return this.again(work);
      }
    }
    return work(this.memory);
  }

  // Some phones drop the connection while asleep: a new one works. Full or private: from here on in memory, and what lies on
  // disk is sent by the next page.
  async again(work) {
    try {
      this.disk = new Disk(await openDatabase());
      return await work(this.disk);
    } catch {
      this.disk = null;
      return work(this.memory);
    }
  }

  all(name) {
    return this.attempt((place) => place.all(name));
  }

  put(name, value) {
    return this.attempt((place) => place.put(name, value));
  }

  change(name, plan) {
    return this.attempt((place) => place.change(name, plan));
  }

  remove(name, keys) {
    return this.attempt((place) => place.remove(name, keys));
  }
}

export async function openStore() {
  try {
    return new Store(new Disk(await openDatabase()));
  } catch {
    return new Store(null);
  }
}
