// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs inside a session bus of its own: keychainhelper KEY FILE
// Writes, reads and removes a key through the stores and prints what happened, one line each.
#include "store/fallbacksecretstore.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QMetaEnum>
#include <QTextStream>

using namespace diptych;

namespace {

QString outcome(std::unique_ptr<SecretJob> job)
{
    QEventLoop loop;
    QObject::connect(job.get(), &SecretJob::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return job->result() ? QString::fromUtf8(job->result()->reveal()) : job->result().error().message;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString key = QCoreApplication::arguments().at(1);
    FallbackSecretStore store(
        QCoreApplication::arguments().at(2), std::make_unique<KeychainSecretStore>(QStringLiteral("diptych-test")));
    QTextStream out(stdout);
    out << "write:" << outcome(store.write(key, Secret("grüße"))) << '\n';
    out << "place:" << QMetaEnum::fromType<FallbackSecretStore::Place>().valueToKey(int(store.place())) << '\n';
    out << "read:" << outcome(store.read(key)) << '\n';
    KeychainSecretStore again(QStringLiteral("diptych-test"));
    out << "keychain:" << outcome(again.read(key)) << '\n';
    out << "remove:" << outcome(store.remove(key)) << '\n';
    out << "gone:" << outcome(store.read(key)) << '\n';
    out << "trial:" << outcome(again.read(QStringLiteral("diptych/trial"))) << '\n';
    return 0;
}
