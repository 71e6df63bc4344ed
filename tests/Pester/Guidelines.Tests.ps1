# PowerShell's own guidelines for names and types of cmdlets and parameters, for each cmdlet.
# https://learn.microsoft.com/powershell/scripting/developer/cmdlet/cmdlet-development-guidelines

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../module/ApiTools.psd1").CmdletsToExport
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $approved = (Get-Verb).Verb
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters

    function Get-OwnParameter([string] $Name) { (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn $common }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has an approved verb and a noun of ours, in the singular or with an alias that is' {
        $verb, $noun = $_ -split '-'
        $approved | Should -Contain $verb
        $noun | Should -MatchExactly '^Api([A-Z][a-z]+)+$|^ApiService$'
        if ($noun -match 's$') { (Get-Alias -Definition $_).Name | Should -Contain ($_ -replace 's$') }
    }

    It 'has parameters in Pascal case and in the singular' {
        foreach ($parameter in Get-OwnParameter $_) {
            $parameter.Name | Should -MatchExactly '^([A-Z][A-Za-z0-9]*)$'
            if ($parameter.ParameterType.IsArray) { $parameter.Name | Should -Not -MatchExactly '[^su]s$' -Because 'a list is named for one of its items' }
        }
    }

    It 'has switches, and no parameter that must be told true' {
        foreach ($parameter in Get-OwnParameter $_) { $parameter.ParameterType | Should -Not -Be ([bool]) -Because $parameter.Name }
    }

    It 'takes paths as every cmdlet does: -LiteralPath has the aliases PSPath and LP, and excludes -Path' {
        $literal = (Get-Command $_).Parameters['LiteralPath']
        if ($literal) {
            $literal.Aliases | Should -BeExactly 'PSPath', 'LP'
            $literal.ParameterSets.Keys | Should -Not -Contain '__AllParameterSets'
        }
    }

    It 'says what it returns, where it returns something' {
        $command = Get-Command $_
        if ($command.Verb -notin 'Disconnect', 'Stop' -and $command.Name -ne 'Export-ApiChatSession') { $command.OutputType.Count | Should -BeGreaterThan 0 }
    }

    It 'asks with -WhatIf and -Confirm, where its verb says that something is changed' {
        # Scripts.Tests.ps1 has the list, and why Connect-ApiService is not in it.
        $command = Get-Command $_
        if ($command.Verb -in 'Remove', 'Clear', 'Export', 'Start', 'Stop', 'Disconnect') { $command.Parameters.Keys | Should -Contain 'WhatIf' }
    }

    It 'has a syntax of one line a way, none over 20 ways, each with what it must be told first' {
        $ways = @((Get-Command $_ -Syntax) -split '\r?\n' | Where-Object { $_ })
        $ways.Count | Should -BeLessOrEqual 20
        foreach ($way in $ways) { $way | Should -MatchExactly "^\S+-Api\S+.* \[<CommonParameters>\]$" }
    }
}
