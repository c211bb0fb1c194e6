//! Choosing an activity: by words, or from the tree.

use crate::plan_query::PlanQuery;
use crate::world::World;
use askama::Template;
use brink_policy::ActivityId;
use brink_policy::find::find_activities;

/// An activity one can choose, with those below it. Its HTML holds theirs.
pub(crate) struct Branch {
    pub id: String,
    pub name: String,
    pub text: String,
    /// A group cannot be a plan by itself.
    pub group: bool,
    pub address: String,
    pub below: Vec<Branch>,
}

/// What the words may mean, best first, and whether that is sure; their addresses are at `page`.
pub(crate) fn by_words(world: &World, words: &str, plan: &PlanQuery, page: &str) -> (bool, Vec<Branch>) {
    let found = find_activities(&world.package.vocabulary, words, 8);
    let branches =
        found.matches.iter().filter_map(|hit| branch(world, hit.activity, plan, page, usize::MAX)).collect();
    (found.sure, branches)
}

/// The tree, with addresses at `page`, from the activities that lie under no other.
pub(crate) fn tree(world: &World, plan: &PlanQuery, page: &str) -> Vec<Branch> {
    let words = &world.package.vocabulary;
    let roots = words.activities.iter().enumerate().filter(|(_, one)| one.parents.is_empty());
    roots.filter_map(|(n, _)| branch(world, ActivityId::from_index(n), plan, page, 0)).collect()
}

/// Deepest level of the tree that is shown.
const DEEPEST: usize = 12;

fn branch(world: &World, id: ActivityId, plan: &PlanQuery, page: &str, depth: usize) -> Option<Branch> {
    let words = &world.package.vocabulary;
    let activity = words.activity(id)?;
    let below = if depth > DEEPEST {
        Vec::new()
    } else {
        let children =
            words.activities.iter().enumerate().filter(|(_, one)| one.parents.first() == Some(&id));
        children.filter_map(|(n, _)| branch(world, ActivityId::from_index(n), plan, page, depth + 1)).collect()
    };
    let chosen = PlanQuery { activity: activity.id.clone(), ..plan.clone() };
    Some(Branch {
        id: activity.id.clone(),
        name: activity.name.clone(),
        text: activity.description.clone(),
        group: activity.group,
        address: format!("{page}?{}", chosen.query()),
        below,
    })
}

#[derive(Template)]
#[template(path = "toets/branch.html")]
struct BranchView<'a> {
    branch: &'a Branch,
}

impl Branch {
    /// The branch as HTML, made from its template; everything in it is escaped there.
    pub(crate) fn html(&self) -> String {
        BranchView { branch: self }.render().unwrap_or_default()
    }
}
