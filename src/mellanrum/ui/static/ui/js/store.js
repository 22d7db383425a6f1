/** What people write survives reload, lock and restart where the browser allows: IndexedDB, with memory behind it. */

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

  async change(name, plan) {
    const table = this.tables[name];
    const { keyPath } = TABLES[name];
    const { put = [], remove = [] } = plan([...table.values()]);
    for (const key of remove) table.delete(key);
    for (const value of put) {
      const row = keyPath in value ? value : { ...value, [keyPath]: ++this.last };
      table.set(row[keyPath], row);
    }
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
    const { disk } = this;
    try {
      return await work(disk ?? this.memory);
    } catch (error) {
      if (disk) return this.again(work);
      throw error;
    }
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

  change(name, plan) {
    return this.attempt((place) => place.change(name, plan));
  }

  put(name, value) {
    return this.change(name, () => ({ put: [value] }));
  }

  remove(name, remove) {
    return this.change(name, () => ({ remove }));
  }
}

export async function openStore() {
  try {
    return new Store(new Disk(await openDatabase()));
  } catch {
    return new Store(null);
  }
}

function attemptNow(work) {
  try {
    return work(localStorage);
  } catch {
    return undefined; // the browser keeps nothing here, or no more
  }
}

/** Written in the very moment: IndexedDB takes its time, and a page may be left before it has anything. */
export const ahead = {
  /** True when it is kept. */
  put(kind, key, value) {
    return attemptNow((place) => place.setItem(`${kind} ${key}`, JSON.stringify(value)) ?? true);
  },

  drop(kind, key) {
    attemptNow((place) => place.removeItem(`${kind} ${key}`));
  },

  all(kind) {
    const read = (place) => Object.entries(place).flatMap(([name, value]) => (name.startsWith(`${kind} `) ? JSON.parse(value) : []));
    return attemptNow(read) ?? [];
  },
};
