//! What the templates of a decision letter may name: facts from the dossier and its evaluation, no sentences.

use super::super::markup::Finished;
use super::super::sheet::{day, filled, sentence};
use super::words::{self, date};
use super::{Case, Decided, Grant, Refusal, amount, change, hours, pgb};
use crate::budget::GrantedPart;
use crate::calendar::{Term, investigation_term, objection_term, personal_plan_term};
use crate::catalogue::file::{OwnContribution, Relation};
use crate::dossier::{Founded, Ground, Hearing, LetterKind, Motivation, RevisionGround};
use crate::indication::{CareProvider, Delivery, Hours};
use crate::national::{ContributionOutcome, Lookup, Parameter};
use crate::norms::{HoursLine, LineKind};
use crate::quantity::dutch::{capital, listed};
use crate::quantity::{Euro, Frequency};
use crate::trace::{Measure, NodeId, shown};
use minijinja::context;
use minijinja::value::Value;

/// All that a decision letter may say beside what every letter may.
pub(super) fn of(case: &Case<'_>, number: Option<&str>, finished: &mut Finished) -> Value {
    let provisions: Vec<Value> = case
        .decided
        .iter()
        .enumerate()
        .map(|(place, decided)| {
            let about = match decided {
                Decided::Granted(grant) => granted(case, grant, finished),
                Decided::Refused(refusal) => refused(refusal),
            };
            context! { first => place == 0, ..about }
        })
        .collect();
    let term = case.dossier.dates.sending;
    let term = term.and_then(|sent| objection_term(sent).ok());
    let is_pgb = |decided: &Decided<'_>| decided.provision().line.delivery.is_pgb();
    let contribution_due = case
        .grants()
        .any(|grant| grant.product.own_contribution.value != OwnContribution::NotDue);
    let ground = case.dossier.revision_ground.trim().trim_end_matches('.');
    context! {
        number,
        provisions,
        ground => filled(ground),
        revisions => revisions(case),
        last_day => term.map(|term| words::day_and_date(term.last_day)),
        last_day_moved => term.is_some_and(Term::is_moved),
        about_pgb => case.decided.iter().any(is_pgb),
        contribution_due,
        rules => rules(case),
        models => models(case),
        svb => svb(case),
        all_pgbs => all_pgbs(case),
        ..context! { ..contributions(case), ..occasion(case) }
    }
}

/// The kind of letter, and what only that kind says.
fn occasion(case: &Case<'_>) -> Value {
    let (dossier, occasion) = (case.dossier, &case.dossier.occasion);
    let dates = &dossier.dates;
    let kind = match occasion.kind {
        LetterKind::Application => "application",
        LetterKind::Change => "change",
        LetterKind::Extension => "extension",
        LetterKind::Ending => "ending",
        LetterKind::Tariff => "tariff",
        LetterKind::Conversion => "conversion",
        LetterKind::Objection => "objection",
        LetterKind::Temporary => "temporary",
        LetterKind::System => "system",
        LetterKind::Term => "term",
        LetterKind::Review => "review",
        LetterKind::Receipt => "receipt",
    };
    let founded = occasion.founded.map(|founded| match founded {
        Founded::Yes => "yes",
        Founded::Partly => "partly",
        Founded::No => "no",
    });
    let until = |term: fn(jiff::civil::Date) -> Result<Term, crate::calendar::CalendarError>| {
        let term = dates.report.and_then(|report| term(report).ok());
        day(term.map(|term| term.last_day))
    };
    let extension = dates.extension.as_ref().map(|extension| {
        context! { last_day => day(extension.last_day), reason => sentence(&extension.reason) }
    });
    let hearing = occasion.hearing.map(|hearing| match hearing {
        Hearing::Held => "held",
        Hearing::Evident => "evident",
        Hearing::Waived => "waived",
        Hearing::NoAnswer => "no_answer",
        Hearing::AllGranted => "all_granted",
    });
    let suspension = dates.suspensions.last().map(|pause| {
        let ground = match pause.ground {
            Ground::Incomplete => "incomplete",
            Ground::ForeignInformation => "foreign_information",
            Ground::Consent => "consent",
            Ground::Applicant => "applicant",
            Ground::ForceMajeure => "force_majeure",
        };
        let reason = sentence(&pause.reason);
        let resumes = day(pause.to.and_then(|last| last.tomorrow().ok()));
        let complete_by = day(pause
            .complete_by
            .filter(|_| pause.ground == Ground::Incomplete));
        // Without a last day of its own this is the last day there can be.
        let last_day = day(dossier.last_day_to_decide());
        context! { from => day(pause.from), resumes, reason, ground, complete_by, last_day }
    });
    context! {
        kind,
        earlier => day(occasion.earlier),
        received => day(occasion.received),
        founded,
        hearing,
        heard => day(occasion.heard),
        court => filled(&occasion.court),
        from => day(occasion.from),
        reply_by => day(occasion.reply_by),
        sent => day(occasion.sent),
        text => filled(&occasion.text),
        investigation_until => until(investigation_term),
        plan_until => until(personal_plan_term),
        extension,
        suspension,
        review => context! {
            day => dossier.review.agreed.map(words::day_and_date),
            time => filled(&dossier.review.time),
            place => filled(&dossier.review.place),
        },
        results => sentences(&dossier.results()),
    }
}

fn granted(case: &Case<'_>, grant: &Grant<'_>, finished: &mut Finished) -> Value {
    let provision = grant.provision;
    let (line, why) = (&provision.line, &provision.motivation);
    let (provider, pgb) = match &line.delivery {
        Delivery::InKind { provider } => (filled(provider), Vec::new()),
        Delivery::Pgb { providers } => (None, pgb::blocks(case, grant, providers)),
    };
    let mut amounts = grant
        .budget
        .segments
        .iter()
        .flat_map(|one| one.amount.iter());
    let moved = provision.moved_end.as_ref().map(|moved| {
        context! { was => day(moved.granted), reason => sentence(&moved.reason) }
    });
    let purpose = grant.file.and_then(|file| file.purpose.as_deref());
    let mut parts = grant.budget.granted.iter();
    context! {
        outcome => "granted",
        pgb => finished.keep(pgb),
        hours => finished.keep(hours::blocks(case, grant)),
        what => grant.name(),
        heading => grant.heading.as_str(),
        extent => grant.extent(),
        from => date(line.from),
        to => day(line.to),
        provider,
        price_unknown => amounts.any(|amount| amount.euro().is_none()),
        last_known => day(pgb::last_known(grant)),
        amounts => per_period(grant),
        total => total(grant),
        totals => finished.keep(if grant.is_pgb() { pgb::totals(grant) } else { Vec::new() }),
        lower_from => lower_from(grant),
        before => grant.before.as_ref().map(|old| change::before(old, grant)),
        difference => grant.before.as_ref().map(|old| change::difference(old, grant)),
        revised_on => change::revised_on(grant).map(revision),
        purpose => purpose.and_then(sentence),
        moved,
        results => sentences(&why.results),
        activities => sentences(&why.activities),
        why => motivation(why),
        deviations => deviations(grant),
        norm => parts.any(|part| part.worked.is_some()),
    }
}

fn refused(refusal: &Refusal<'_>) -> Value {
    let provision = refusal.provision;
    context! {
        outcome => if refusal.is_withdrawn() { "withdrawn" } else { "refused" },
        pgb => provision.line.delivery.is_pgb(),
        what => words::mid(&refusal.heading),
        heading => refusal.heading.as_str(),
        ground => sentence(refusal.ground),
        revised_on => provision.revised_on.map(revision),
        why => motivation(&provision.motivation),
    }
}

/// The ground of a revision, as templates know it.
fn revision(ground: RevisionGround) -> &'static str {
    match ground {
        RevisionGround::WrongData => "wrong_data",
        RevisionGround::NotNeeded => "not_needed",
        RevisionGround::NotEnough => "not_enough",
        RevisionGround::Conditions => "conditions",
        RevisionGround::OtherUse => "other_use",
    }
}

/// The grounds on which this decision revises another, each once.
fn revisions(case: &Case<'_>) -> Vec<&'static str> {
    let mut told: Vec<&str> = Vec::new();
    for decided in &case.decided {
        let ground = match decided {
            Decided::Granted(grant) => change::revised_on(grant),
            Decided::Refused(refusal) => refusal.provision.revised_on,
        };
        let ground = ground.map(revision);
        told.extend(ground.filter(|ground| !told.contains(ground)));
    }
    told
}

/// What somebody typed as points, each a sentence.
fn sentences(items: &[impl AsRef<str>]) -> Vec<String> {
    let items = items.iter();
    items.filter_map(|item| sentence(item.as_ref())).collect()
}

fn motivation(why: &Motivation) -> Value {
    context! {
        limitations => sentence(&why.limitations),
        own_strength => sentence(&why.own_strength),
        customary_help => sentence(&why.customary_help),
        prior => sentence(&why.prior),
        below_floor => sentence(&why.below_floor),
        reasons => sentence(&why.reasons),
    }
}

/// The amount per period, with what it changes into. What is in total over some of the days says less than the total.
fn per_period(grant: &Grant<'_>) -> Vec<Value> {
    let mut told: Vec<Value> = Vec::new();
    let mut last: Option<(String, Option<Euro>, Frequency)> = None;
    for segment in &grant.budget.segments {
        let Some(recurring) = &segment.amount.recurring else {
            continue;
        };
        let amount = amount(recurring, segment.per);
        let same = last.as_ref().is_some_and(|(known, ..)| *known == amount);
        if !same {
            let (euro, from) = (recurring.euro(), date(segment.from));
            let old = last.and_then(|(_, old, per)| (per == segment.per).then_some(old)?);
            let more = old.zip(euro);
            let more = more.and_then(|(old, new)| change::more(old, new, segment.per));
            let is_more = more.as_ref().is_some_and(|(_, more)| *more);
            let difference = more.map(|(text, _)| text);
            told.push(context! { amount => amount.as_str(), from, difference, more => is_more });
            last = Some((amount, euro, segment.per));
        }
    }
    told
}

/// The first day on which the amount becomes lower.
fn lower_from(grant: &Grant<'_>) -> Option<String> {
    let amounts = grant.budget.segments.iter().filter_map(|segment| {
        let euro = segment.amount.recurring.as_ref()?.euro()?;
        Some((segment.from, segment.per, euro))
    });
    let amounts: Vec<_> = amounts.collect();
    let lower = amounts.windows(2).find_map(|pair| match pair {
        [(_, old_per, old), (from, per, new)] if per == old_per && new < old => Some(*from),
        _ => None,
    });
    day(lower)
}

fn total(grant: &Grant<'_>) -> Option<Value> {
    let total = grant.budget.term.as_ref()?;
    let until = grant.budget.open_from.map(|_| date(total.to));
    Some(context! { amount => amount(&total.money, Frequency::Total), until })
}

/// Where norm, severity or ceiling were left, each with its reason.
fn deviations(grant: &Grant<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for part in &grant.budget.granted {
        found.extend(norm_lines(part).filter(|line| line.deviates).map(|line| {
            let reason = sentence(line.reason.as_deref().unwrap_or_default());
            context! { kind => "norm", line => capital(&line.name), reason }
        }));
    }
    let line = &grant.provision.line;
    for (part, granted) in line.hours.iter().filter_map(|part| {
        let granted = grant.budget.granted.iter();
        let mut granted = granted.filter(|one| one.part.as_deref() == part.part.as_deref());
        Some((part, granted.next()?))
    }) {
        let typed = matches!(part.hours, Hours::Typed(_) | Hours::Activities(_));
        let id = part.part.as_deref();
        if typed && grant.catalogue.builds_hours(&line.product, id) {
            let what = id.map(|_| words::mid(&granted.label));
            found.push(context! { kind => "hours", what, reason => filled(&part.reason).map(|it| sentence(&it)) });
        }
    }
    let segments = &grant.budget.segments;
    let mut told: Vec<(usize, usize, &str)> = Vec::new();
    for segment in segments {
        let made = segment.parts.iter().flat_map(|part| &part.overrides);
        for made in made {
            let axis = segment.catalogue.file.axes.get(made.axis);
            let value = segment.catalogue.axis_value(made.axis, made.value);
            let (Some(axis), Some(value)) = (axis, value) else {
                continue;
            };
            let this = (made.axis, made.value, made.reason.as_ref());
            if !told.contains(&this) {
                told.push(this);
                found.push(context! {
                    kind => "choice",
                    axis => words::mid(&axis.label),
                    value => value.label.as_str(),
                    reason => sentence(&made.reason),
                });
            }
        }
    }
    let mut parts = segments.iter().flat_map(|segment| &segment.parts);
    if let Some(reason) = &grant.provision.line.ceiling_reason
        && parts.any(|part| part.ceiling_lifted)
    {
        found.push(context! { kind => "ceiling", reason => sentence(reason) });
    }
    found.extend(own_prices(grant));
    found
}

/// The prices of a pgb that a person put in the place of those of the catalogue. In kind a letter prints no price.
fn own_prices(grant: &Grant<'_>) -> Vec<Value> {
    let parts = grant.budget.segments.iter().flat_map(|one| &one.parts);
    let paid = parts.flat_map(|part| part.providers.iter().map(move |paid| (part, paid)));
    let several = grant.product.parts.len() > 1;
    let mut told: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (part, paid) in paid.filter(|_| grant.is_pgb()) {
        let Some(adjusted) = &paid.adjusted else {
            continue;
        };
        let Some(own) = grant.provision.line.own_prices.get(adjusted.own) else {
            continue;
        };
        if told.contains(&adjusted.own) {
            continue;
        }
        told.push(adjusted.own);
        let who = match several {
            true => format!("{}, {}", words::mid(&part.label), paid.kind),
            false => paid.kind.to_string(),
        };
        let price = shown(
            own.price.amount.exact(),
            Measure::EuroPerUnit(own.price.per),
        );
        found.push(context! { kind => "price", who, price, reason => sentence(&own.reason) });
    }
    found
}

fn norm_lines(part: &GrantedPart<NodeId>) -> impl Iterator<Item = &HoursLine<NodeId>> {
    let parts = part.worked.iter().flat_map(|worked| &worked.parts);
    parts
        .flat_map(|part| &part.lines)
        .filter(|line| line.kind != LineKind::Base)
}

/// The rules of the municipality for each product, each once.
fn rules(case: &Case<'_>) -> Vec<Value> {
    let mut told: Vec<(String, String, bool)> = Vec::new();
    for decided in &case.decided {
        let (name, file) = match decided {
            Decided::Granted(grant) => (grant.name(), grant.file),
            Decided::Refused(refusal) => (words::mid(&refusal.label), refusal.file),
        };
        let articles = file.map_or(&[][..], |file| &file.articles);
        let rule = (name, listed(articles), file.is_some());
        if !told.contains(&rule) {
            told.push(rule);
        }
    }
    let rules = told.iter();
    rules
        .map(|(what, articles, known)| context! { what, articles => filled(articles), known })
        .collect()
}

/// Within how many weeks and days a claim goes its way, as the SVB had it on the first day of the help.
fn svb(case: &Case<'_>) -> Value {
    let national = case.library.national(&case.dossier.municipality);
    let known = |parameter| {
        let day = case.grants().next()?.provision.line.from;
        match national.lookup(parameter, day) {
            Lookup::Known(value, _) => Some(value.to_string()),
            _ => None,
        }
    };
    context! {
        claim => known(Parameter::SvbClaim),
        send => known(Parameter::SvbSend),
        pay => known(Parameter::SvbPay),
    }
}

/// Which contract of the SVB each care provider of a pgb needs.
fn models(case: &Case<'_>) -> Vec<Value> {
    let mut told: Vec<(&str, String)> = Vec::new();
    for grant in case.grants() {
        for provider in providers(grant) {
            let Some(kind) = grant.catalogue.provider(&provider.kind) else {
                continue;
            };
            let model = match kind.relation {
                Relation::Institution => "institution",
                Relation::SelfEmployed | Relation::Assignment => "assignment",
                Relation::Employment => "employment",
                Relation::Informal => "informal",
            };
            let who = filled(&provider.name).unwrap_or_else(|| kind.label.clone());
            if !told.contains(&(model, who.clone())) {
                told.push((model, who));
            }
        }
    }
    let models = told.iter();
    models
        .map(|(model, who)| context! { model => *model, who })
        .collect()
}

fn providers<'g>(grant: &'g Grant<'_>) -> &'g [CareProvider] {
    match &grant.provision.line.delivery {
        Delivery::Pgb { providers } => providers,
        Delivery::InKind { .. } => &[],
    }
}

/// The sum of several pgbs, where it can be said.
fn all_pgbs(case: &Case<'_>) -> Option<String> {
    let sum = &case.evaluation.summary;
    let several = case.grants().filter(|grant| grant.is_pgb()).count() > 1;
    let known = sum.term_is_complete && sum.term.pgb.unknown == 0 && !sum.years_are_maxima;
    (several && known).then(|| words::money(sum.term.pgb.known.0, Frequency::Total))
}

/// Provisions with the same own contribution, named together.
fn contributions(case: &Case<'_>) -> Value {
    let mut groups: Vec<(&ContributionOutcome, i16, Vec<String>)> = Vec::new();
    for grant in case.grants() {
        let outcome = &grant.contribution.outcome;
        let year = grant.provision.line.from.year();
        let same = groups
            .iter_mut()
            .find(|(known, in_year, _)| *known == outcome && *in_year == year);
        match same {
            Some((_, _, names)) => names.push(grant.name()),
            None => groups.push((outcome, year, vec![grant.name()])),
        }
    }
    let cak = groups
        .iter()
        .any(|(outcome, ..)| **outcome != ContributionOutcome::NotDue);
    let told: Vec<Value> = groups
        .iter()
        .map(|(outcome, year, names)| {
            let mut names = names.clone();
            names.dedup();
            let base = context! { what => listed(&names), year => *year };
            match outcome {
                ContributionOutcome::NotDue => context! { rule => "not_due", ..base },
                ContributionOutcome::OwnRegime => context! { rule => "own_regime", ..base },
                ContributionOutcome::Maximum {
                    amount,
                    per,
                    source,
                } => context! {
                    rule => "maximum",
                    amount => words::money(amount.0, *per),
                    note => source.note.as_deref().and_then(filled),
                    ..base
                },
                ContributionOutcome::IncomeDependent { per, .. } => {
                    context! { rule => "income", per => per.dutch(), ..base }
                }
                ContributionOutcome::NotKnown { reason } => {
                    let reason = format!("{}.", reason.trim_end_matches('.'));
                    context! { rule => "unknown", reason, ..base }
                }
            }
        })
        .collect();
    context! { contributions => told, cak }
}
