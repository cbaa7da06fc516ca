//! The checklists of one state with what is known beside them, and the ways to walk over their items.

use std::ops::{Deref, DerefMut, Index, IndexMut};

use super::{Approved, Checklist, Item, ItemHistory};

/// A checklist with its bytes, and with what git tells of its items.
#[derive(Debug, Clone)]
pub struct Document {
    /// The checklist as read.
    pub checklist: Checklist,
    /// What it was read from.
    pub bytes: Vec<u8>,
    /// The history of each item, in their order; `None` where none was read.
    pub histories: Option<Vec<ItemHistory>>,
}

impl Document {
    /// Without a history.
    pub fn new(checklist: Checklist, bytes: Vec<u8>) -> Document {
        Document { checklist, bytes, histories: None }
    }

    /// Each item whose history was read, with that.
    pub fn traced_mut(&mut self) -> impl Iterator<Item = (&Item, &mut ItemHistory)> {
        self.checklist.items.iter().zip(self.histories.iter_mut().flatten())
    }
}

/// All checklists of one state, by path.
#[derive(Debug, Clone, Default)]
pub struct Documents(Vec<Document>);

impl Documents {
    /// Each document with its place among all.
    pub fn each(&self) -> impl Iterator<Item = DocumentRef<'_>> + Clone {
        self.0.iter().enumerate().map(|(at, document)| DocumentRef { at, document })
    }

    /// Every item of every document, in their order.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> + Clone {
        self.each().flat_map(DocumentRef::items)
    }

    /// Every checklist, in their order.
    pub fn checklists(&self) -> impl Iterator<Item = &Checklist> {
        self.0.iter().map(|document| &document.checklist)
    }

    /// One value for each item.
    pub fn per_item<'d, T>(&'d self, mut of: impl FnMut(ItemRef<'d>) -> T) -> PerItem<T> {
        PerItem(self.each().map(|document| document.items().map(&mut of).collect()).collect())
    }

    /// The item at a place among these documents.
    pub fn item(&self, at: ItemIndex) -> ItemRef<'_> {
        let document = DocumentRef { at: at.document, document: &self.0[at.document] };
        document.item(at.item, &document.document.checklist.items[at.item])
    }
}

impl FromIterator<Document> for Documents {
    fn from_iter<I: IntoIterator<Item = Document>>(documents: I) -> Documents {
        Documents(documents.into_iter().collect())
    }
}

impl IntoIterator for Documents {
    type Item = Document;
    type IntoIter = std::vec::IntoIter<Document>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Deref for Documents {
    type Target = [Document];

    fn deref(&self) -> &[Document] {
        &self.0
    }
}

impl DerefMut for Documents {
    fn deref_mut(&mut self) -> &mut [Document] {
        &mut self.0
    }
}

/// A document where it stands.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRef<'d> {
    at: usize,
    /// The document.
    pub document: &'d Document,
}

impl<'d> DocumentRef<'d> {
    /// A document by its place among all.
    pub fn new(at: usize, document: &'d Document) -> DocumentRef<'d> {
        DocumentRef { at, document }
    }

    /// Its items, in their order.
    pub fn items(self) -> impl Iterator<Item = ItemRef<'d>> + Clone {
        let items = self.document.checklist.items.iter().enumerate();
        items.map(move |(at, item)| self.item(at, item))
    }

    fn item(self, at: usize, item: &'d Item) -> ItemRef<'d> {
        ItemRef {
            at: ItemIndex { document: self.at, item: at },
            checklist: &self.document.checklist,
            item,
            history: self.document.histories.as_ref().and_then(|known| known.get(at)),
        }
    }
}

/// An item where it stands.
#[derive(Debug, Clone, Copy)]
pub struct ItemRef<'d> {
    /// Its place among the items of all documents.
    pub at: ItemIndex,
    /// The checklist that holds it.
    pub checklist: &'d Checklist,
    /// The item.
    pub item: &'d Item,
    /// What git tells of it; `None` where no history was read.
    pub history: Option<&'d ItemHistory>,
}

impl ItemRef<'_> {
    /// `docs/release.md#security/scan`: its checklist's path and its id.
    pub fn full_address(&self) -> String {
        format!("{}#{}", self.checklist.path, self.item.id)
    }

    /// What stands around it, of which a sign-off is too.
    pub fn approved(&self) -> Approved {
        Approved::of(self.checklist, self.at.item)
    }
}

/// The place of an item among those of all documents, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIndex {
    document: usize,
    item: usize,
}

/// One value for each item of some documents: made of them by [`Documents::per_item`], so that none
/// lacks its own.
#[derive(Debug, Clone)]
pub struct PerItem<T>(Vec<Vec<T>>);

impl<T> PerItem<T> {
    /// Each with the place of its item, in the order of the documents.
    pub fn iter(&self) -> impl Iterator<Item = (ItemIndex, &T)> {
        self.0.iter().enumerate().flat_map(|(document, values)| {
            let each = values.iter().enumerate();
            each.map(move |(item, value)| (ItemIndex { document, item }, value))
        })
    }

    /// The values alone.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }
}

impl<T> Index<ItemIndex> for PerItem<T> {
    type Output = T;

    fn index(&self, at: ItemIndex) -> &T {
        &self.0[at.document][at.item]
    }
}

impl<T> IndexMut<ItemIndex> for PerItem<T> {
    fn index_mut(&mut self, at: ItemIndex) -> &mut T {
        &mut self.0[at.document][at.item]
    }
}
