//! `social_picture()`: the picture that other sites show with a link to the page, drawn when a template asks for it.

use std::sync::Arc;

use minijinja::value::Object;
use minijinja::{Error, ErrorKind, State, Value};

use super::desk::Desk;
use super::shared::SharedValues;
use crate::catalog::View;
use crate::content::{PageId, PagePath};
use crate::social::SocialCard;

/// A function without arguments that gives the address of the picture.
#[derive(Debug)]
pub(super) struct SocialPicture {
    pub(super) shared: Arc<SharedValues>,
    pub(super) desk: Arc<Desk>,
    pub(super) view: Arc<View>,
}

impl Object for SocialPicture {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, _: &[Value]) -> Result<Value, Error> {
        let index = PageId::new(self.view.id.language, PagePath::index_of(&self.view.folder));
        let section = self
            .desk
            .page(index)
            .filter(|index| index.id != self.view.id);
        let section = section.filter(|index| !index.folder.is_empty());
        let card = SocialCard {
            brand: self.shared.publisher().brand,
            title: &self.view.title,
            section: section.map_or("", |index| &index.nav),
            language: self.view.id.language,
        };
        let picture = self
            .shared
            .store
            .social_picture(&card)
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
        let address = picture.address();
        self.desk.keep(picture);
        Ok(Value::from(address))
    }
}
