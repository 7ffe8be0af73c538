// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointlistdialog.h"

#include "api/environmentimport.h"
#include "endpoints/endpointkinds.h"
#include "store/endpointexport.h"
#include "theme/theme.h"

#include "ui_endpointlistdialog.h"

#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QUuid>

namespace diptych {

namespace {

enum Column { NameColumn, KindColumn, UrlColumn, SourceColumn };

bool isKnown(const Endpoint &endpoint, const std::vector<Endpoint> &known)
{
    return std::any_of(known.begin(), known.end(), [&endpoint](const Endpoint &other) {
        return other.baseUrl == endpoint.baseUrl && other.provider() == endpoint.provider();
    });
}

QString shownUrl(const Endpoint &endpoint)
{
    return endpoint.baseUrl.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
}

} // namespace

EndpointListDialog::EndpointListDialog(std::vector<ProviderDescriptor> descriptors, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EndpointListDialog>())
    , m_descriptors(std::move(descriptors))
{
    m_ui->setupUi(this);
    makeCaption(m_ui->notesLabel);
    makeCaption(m_ui->footLabel);
    m_ui->notesLabel->setTextFormat(Qt::PlainText); // quotes a file or an environment
    QHeaderView *header = m_ui->listView->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {UrlColumn, SourceColumn})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    connect(m_ui->listView, &QTreeWidget::currentItemChanged, this, &EndpointListDialog::showNotes);
    connect(m_ui->listView, &QTreeWidget::itemChanged, this, &EndpointListDialog::updateState);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->acceptButton, &QPushButton::clicked, this, &EndpointListDialog::finish);
    updateColors();
    updateState();
}

EndpointListDialog::~EndpointListDialog() = default;

void EndpointListDialog::showEnvironment(
    const EnvironmentImport &found, const std::vector<Endpoint> &known, const QString &keyPlace)
{
    setWindowTitle(tr("Import from environment"));
    m_ui->introLabel->setText(found.proposals.empty()
            ? tr("None of the variables that the services' SDKs read is set, for example OPENAI_API_KEY, "
                 "AZURE_INFERENCE_ENDPOINT or OLLAMA_HOST.")
            : tr("These endpoints are described by environment variables. Choose which ones to add."));
    setKeyPlace(keyPlace);
    m_ui->acceptButton->setText(tr("&Add"));
    std::vector<Entry> entries;
    for (const EnvironmentProposal &proposal : found.proposals) {
        const Endpoint &endpoint = proposal.proposal.endpoint;
        Entry entry {.endpoint = endpoint,
            .source = proposal.variables.join(QStringLiteral(", ")),
            .notes = proposal.proposal.changes,
            .isChosen = !isKnown(endpoint, known)};
        if (!entry.isChosen)
            entry.notes.prepend(tr("An endpoint at this address exists already."));
        if (endpoint.credential.isEmpty())
            entry.notes.append(tr("No key was found for it."));
        entries.push_back(entry);
    }
    m_ui->listView->headerItem()->setText(SourceColumn, tr("Variables"));
    showEntries(entries, found.problems);
}

void EndpointListDialog::showFile(
    const EndpointImport &read, const std::vector<Endpoint> &known, const QString &fileName)
{
    setWindowTitle(tr("Import endpoints"));
    m_ui->introLabel->setText(read.endpoints.empty()
            ? tr("%1 has no endpoint that can be read.").arg(fileName)
            : tr("%1 holds these endpoints. Choose which ones to add.").arg(fileName));
    m_ui->footLabel->setText(tr("Such files hold no keys: type them into the endpoints afterwards."));
    m_ui->acceptButton->setText(tr("&Add"));
    std::vector<Entry> entries;
    for (const ImportedEndpoint &imported : read.endpoints) {
        Entry entry {.endpoint = imported.endpoint,
            .notes = imported.notes,
            .tokenCommand = imported.withheldTokenCommand,
            .isChosen = !isKnown(imported.endpoint, known)};
        if (!entry.isChosen)
            entry.notes.prepend(tr("An endpoint at this address exists already."));
        entries.push_back(entry);
    }
    m_ui->listView->setColumnHidden(SourceColumn, true);
    showEntries(entries, read.problems);
}

void EndpointListDialog::showExport(const std::vector<Endpoint> &endpoints)
{
    setWindowTitle(tr("Export endpoints"));
    m_ui->introLabel->setText(
        endpoints.empty() ? tr("There is nothing to export yet.") : tr("Choose which endpoints to write to a file."));
    m_ui->footLabel->setText(
        tr("Keys, tokens, passwords and secret headers are not written. Names, addresses and other "
           "settings are, token commands too."));
    m_ui->acceptButton->setText(tr("&Export…"));
    std::vector<Entry> entries;
    for (const Endpoint &endpoint : endpoints)
        entries.push_back({.endpoint = endpoint});
    m_ui->listView->setColumnHidden(SourceColumn, true);
    showEntries(entries, {});
}

void EndpointListDialog::setKeyPlace(const QString &text)
{
    m_ui->footLabel->setText(text);
}

void EndpointListDialog::showError(const QString &title, const Error &error)
{
    m_ui->banner->showMessage(Banner::Tone::Error, title, error.message);
}

void EndpointListDialog::showEntries(const std::vector<Entry> &entries, const QStringList &problems)
{
    {
        const QSignalBlocker blocker(m_ui->listView);
        m_ui->listView->clear();
        m_entries = entries;
        for (const Entry &entry : entries)
            addEntry(entry);
        m_ui->listView->expandAll();
    }
    m_ui->listView->setVisible(!entries.empty());
    m_ui->notesLabel->setVisible(!entries.empty());
    if (!problems.isEmpty()) {
        m_ui->banner->showMessage(Banner::Tone::Warning, tr("Not everything could be read."), problems.join(u'\n'));
    }
    if (!entries.empty())
        m_ui->listView->setCurrentItem(m_ui->listView->topLevelItem(0));
    updateState();
}

void EndpointListDialog::addEntry(const Entry &entry)
{
    auto *item = new QTreeWidgetItem(m_ui->listView,
        {entry.endpoint.name, kindTitle(entry.endpoint, m_descriptors), shownUrl(entry.endpoint), entry.source});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(NameColumn, entry.isChosen ? Qt::Checked : Qt::Unchecked);
    item->setToolTip(UrlColumn, shownUrl(entry.endpoint));
    item->setToolTip(SourceColumn, entry.source);
    if (entry.tokenCommand.isEmpty())
        return;
    auto *command =
        new QTreeWidgetItem(item, QStringList {tr("Run on this machine to get tokens: %1").arg(entry.tokenCommand)});
    command->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    command->setCheckState(NameColumn, Qt::Unchecked);
    command->setToolTip(NameColumn, entry.tokenCommand);
    command->setFirstColumnSpanned(true);
}

void EndpointListDialog::showNotes()
{
    const QTreeWidgetItem *item = m_ui->listView->currentItem();
    if (item && item->parent())
        item = item->parent();
    const int row = m_ui->listView->indexOfTopLevelItem(const_cast<QTreeWidgetItem *>(item));
    m_ui->notesLabel->setText(row < 0 ? QString() : m_entries[std::size_t(row)].notes.join(u'\n'));
}

std::vector<Endpoint> EndpointListDialog::chosen() const
{
    std::vector<Endpoint> endpoints;
    for (int row = 0; row < m_ui->listView->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_ui->listView->topLevelItem(row);
        if (item->checkState(NameColumn) != Qt::Checked)
            continue;
        const Entry &entry = m_entries[std::size_t(row)];
        endpoints.push_back(entry.endpoint);
        if (item->childCount() > 0 && item->child(0)->checkState(NameColumn) == Qt::Checked)
            endpoints.back().tokenCommand = entry.tokenCommand;
    }
    return endpoints;
}

void EndpointListDialog::updateState()
{
    m_ui->acceptButton->setEnabled(!chosen().empty());
}

void EndpointListDialog::updateColors()
{
    // The style draws the edge of a check box darker than the window, which on a dark one can not be seen.
    QPalette edges = palette();
    m_ui->listView->header()->setPalette(edges);
    if (isDark(palette()))
        edges.setColor(QPalette::Window, themeColor(ThemeColor::Muted, palette()));
    m_ui->listView->setPalette(edges);
}

void EndpointListDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColors();
}

void EndpointListDialog::finish()
{
    std::vector<Endpoint> endpoints = chosen();
    for (Endpoint &endpoint : endpoints) {
        if (endpoint.id.isEmpty())
            endpoint.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    accept();
    Q_EMIT endpointsAccepted(endpoints);
}

} // namespace diptych
